import type { OrderContent } from '#shared/contract/order.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { storescu } from '../bench/sender.ts'
import type { Connection } from '../workstation/connect.ts'
import { VISITS } from './clinicStudies.ts'

const DEVICES = [
  { aeTitle: 'CT_MAIN', vendor: 'Siemens', modality: 'CT', place: 'Ground floor' },
  { aeTitle: 'DX_ROOM1', vendor: 'Planmeca', modality: 'DX', place: 'Room 1' },
  { aeTitle: 'US_EXAM2', vendor: 'Esaote', modality: 'US', place: 'Exam 2' },
]

type Asked = [visit: number, station: string, modality: string, procedure: string, time: string, urgency: Urgency]
type Urgency = OrderContent['request']['priority']

/** Visit by its place in the list. */
const ASKED: readonly Asked[] = [
  [0, 'DX_ROOM1', 'DX', 'Stifle, 2 views', '09:00', 'ROUTINE'],
  [1, 'CT_MAIN', 'CT', 'Head, CT', '08:30', 'HIGH'],
  [5, 'DX_ROOM1', 'DX', 'Elbow, 2 views', '15:00', 'ROUTINE'],
  [6, 'CT_MAIN', 'CT', 'Thorax, CT', '14:00', 'STAT'],
  [9, 'US_EXAM2', 'US', 'Abdomen, ultrasound', '14:30', 'ROUTINE'],
  [7, 'US_EXAM2', 'US', 'Heart, echocardiography', '16:15', 'ROUTINE'],
]

/** Devices that may send, and what the front desk asked of them for today; before the first image comes. */
export async function openDesk({ ask }: Pick<Connection, 'ask'>): Promise<void> {
  for (const device of DEVICES) {
    const rest = { address: '127.0.0.1', model: '', note: '', aliases: [], calledAs: [], access: 'allow' as const }
    await ask.devices.add({ fields: { ...device, ...rest } })
  }
  for (const [index, asked] of ASKED.entries()) {
    const { orderId } = await ask.worklist.create(contentOf(asked))
    if (index === 3) await ask.worklist.start({ orderId })
  }
}

/** One whose name was typed wrong at the device. */
export async function knock(own: { aeTitle: string; port: number }, files: string[]): Promise<void> {
  await storescu(own, files, { callingAETitle: 'DX_R00M1' }).catch(() => {})
}

function contentOf([place, stationAETitle, modality, procedure, time, priority]: Asked): OrderContent {
  const visit = VISITS[place]
  if (!visit) throw new Error('No such visit')
  return {
    patient: {
      kind: visit.species ? 'animal' : 'human',
      patientName: visit.name,
      patientId: `P-${1040 + (place + 1) * 7}`,
      issuerOfPatientId: '',
      birthDate: visit.birthDate,
      age: '',
      sex: visit.sex === 'M' ? 'M' : 'F',
      neutered: '',
      species: visit.species?.[0] ?? '',
      speciesCode: null,
      breed: visit.species?.[1] ?? '',
      breedCode: null,
      breedRegistration: null,
      responsiblePerson: visit.owner ?? '',
      microchip: '',
    },
    request: {
      ...{ stationAETitle, modality, procedure, procedureCode: null, time, priority },
      date: dateOf(new Date()),
      history: '',
      requestedBy: 'Varga^Ilona',
    },
  }
}
