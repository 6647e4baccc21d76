import type { Order } from '#shared/contract/order.ts'
import { parseTime } from '#shared/dicom/dateTime.ts'

/** What arrived, as its images say. */
export interface Arrival {
  studyInstanceUID: string
  accessionNumber: string
  patientId: string
  patientName: string
  /** Separated by a backslash. */
  modalities: string
  description: string
  callingAETitle: string
  date: string
  time: string
  /** A device sent it; what was imported or retrieved is nobody's request by chance. */
  isReceived: boolean
}

export interface Candidates {
  byStudyUID: Order[]
  byAccession: Order[]
  /** Of the same patient ID, open or without images, from the day before to the day after. */
  byPatientId: Order[]
  /** Open on the day of the arrival. */
  sameDay: Order[]
}

export type Choice =
  | { kind: 'attach'; orderId: number; how: 'study-uid' | 'accession' | 'patient-id' }
  | { kind: 'propose'; orderId: number; reasons: string[] }
  | { kind: 'unknown' }
  | { kind: 'none' }

const NEAR_MINUTES = 60
const SIMILAR_NAME = 'Similar name'

/**
 * Which request images belong to. Attached only when study UID, accession number or patient ID say so and nothing
 * contradicts; whatever else is likely is proposed to a person, with the reasons.
 */
export function chooseOrder(
  arrival: Arrival,
  candidates: Candidates,
  isSamePatient: (order: Order) => boolean,
): Choice {
  for (const [how, words, orders] of [
    ['study-uid', 'Same study UID', candidates.byStudyUID],
    ['accession', 'Same accession number', candidates.byAccession],
  ] as const) {
    const [first] = orders
    if (!first) continue
    const fits = orders.filter(isSamePatient)
    if (fits[0] && fits.length === 1) return { kind: 'attach', orderId: fits[0].orderId, how }
    const order = fits[0] ?? first
    const why = fits.length > 1 ? `${fits.length} requests have it` : difference(arrival, order)
    return { kind: 'propose', orderId: order.orderId, reasons: [words, why] }
  }
  const ofPatient = candidates.byPatientId.filter((order) => hasModality(arrival, order))
  const sure = ofPatient.filter(isSamePatient)
  if (sure[0] && sure.length === 1 && ofPatient.length === 1)
    return { kind: 'attach', orderId: sure[0].orderId, how: 'patient-id' }
  const closest = nearest(arrival, ofPatient)
  if (closest) {
    const why = ofPatient.length > 1 ? `${ofPatient.length} requests for this patient` : difference(arrival, closest)
    return { kind: 'propose', orderId: closest.orderId, reasons: ['Same patient ID', why] }
  }
  return arrival.isReceived ? likely(arrival, candidates.sameDay) : { kind: 'none' }
}

function likely(arrival: Arrival, orders: readonly Order[]): Choice {
  const scored = orders
    .map((order) => ({ order, reasons: reasonsFor(arrival, order) }))
    .map(({ order, reasons }) => ({ order, reasons, weight: weightOf(reasons) }))
    // Images without an ID say who it is by the name alone; that one of another ID is called alike is not enough.
    .filter(({ reasons, weight }) => reasons.length >= 2 || (arrival.patientId === '' && weight >= 2))
    .toSorted((a, b) => b.weight - a.weight || minutesApart(arrival, a.order) - minutesApart(arrival, b.order))
  const [best] = scored
  if (best) return { kind: 'propose', orderId: best.order.orderId, reasons: best.reasons }
  return arrival.patientId === '' ? { kind: 'unknown' } : { kind: 'none' }
}

/** A name says more than a device and an hour together, which fit whoever is next. */
function weightOf(reasons: readonly string[]): number {
  return reasons.length + (reasons.includes(SIMILAR_NAME) ? 2 : 0)
}

function reasonsFor(arrival: Arrival, order: Order): string[] {
  const { request, patient } = order
  const reasons: string[] = []
  if (request.stationAETitle !== '' && request.stationAETitle === arrival.callingAETitle) reasons.push('Same device')
  else if (hasModality(arrival, order)) reasons.push('Same kind of device')
  const apart = minutesApart(arrival, order)
  if (apart <= NEAR_MINUTES) reasons.push(`${apart} min apart`)
  const words = letters(patient.patientName)
  if (letters(arrival.patientName).some((word) => words.includes(word))) reasons.push(SIMILAR_NAME)
  if (arrival.description !== '' && sameText(arrival.description, request.procedure)) reasons.push('Same examination')
  // A device and an hour alone fit half of a day's requests: with an ID of its own the patient is likely another one.
  const isOther = arrival.patientId !== '' && !reasons.includes(SIMILAR_NAME)
  return isOther ? [] : reasons
}

function difference(arrival: Arrival, { patient }: Order): string {
  if (arrival.patientId === '') return 'The images have no patient ID'
  if (arrival.patientId !== patient.patientId) return `The images say patient ID ${arrival.patientId}`
  return 'The images say another name'
}

const XRAY = new Set(['DX', 'CR', 'RG', 'RF', 'DR', 'PX', 'IO'])

function hasModality({ modalities }: Arrival, { request }: Order): boolean {
  const own = modalities.split('\\')
  return own.includes(request.modality) || (XRAY.has(request.modality) && own.some((each) => XRAY.has(each)))
}

function nearest(arrival: Arrival, orders: readonly Order[]): Order | undefined {
  return orders.toSorted((a, b) => minutesApart(arrival, a) - minutesApart(arrival, b))[0]
}

function minutesApart(arrival: Arrival, { request }: Order): number {
  if (arrival.date !== request.date) return Number.POSITIVE_INFINITY
  const minutes = (text: string) => {
    const time = parseTime(text)
    return time ? time.hour * 60 + time.minute : Number.NaN
  }
  const apart = Math.abs(minutes(arrival.time) - minutes(request.time))
  return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart
}

function letters(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[\s^=,]+/)
    .filter((word) => word.length > 2)
}

const sameText = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()
