import type { OrderContent } from '#shared/contract/order.ts'
import type { Procedure } from '#shared/contract/worklist.ts'
import { animalNamed } from '#shared/dicom/animalName.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { speciesName } from '#shared/dicom/patientLine.ts'
import { SPECIES } from '#shared/dicom/species.ts'
import type { Message } from './message.ts'

/** What a message asks of the front desk. */
export interface WantedOrder {
  what: 'new' | 'change' | 'cancel' | 'nothing'
  /** How its sender knows it: what comes again is the same request. */
  sourceKey: string
  content: OrderContent
  accessionNumber: string
  studyInstanceUID: string
  requestedProcedureID: string
  scheduledProcedureStepID: string
}

const controls: Readonly<Record<string, WantedOrder['what']>> = {
  ...{ NW: 'new', SN: 'new', XO: 'change', RP: 'change', RO: 'change', CA: 'cancel', DC: 'cancel', OC: 'cancel' },
}
/** HL7 table 0074 to (0008,0060). */
const modalities: Readonly<Record<string, string>> = {
  ...{ RX: 'DX', RAD: 'DX', XRC: 'DX', NMR: 'MR', MRI: 'MR', RUS: 'US', CUS: 'US', VUS: 'US', OUS: 'US', NMS: 'NM' },
}
const CHIP_TYPES = new Set(['CHIP', 'RFID', 'MICROCHIP', 'ISO'])

/** The orders of an ORM^O01, OMI^O23 or OMG^O19: one for each OBR. What is not right shows when it is checked as a request. */
export function wantedOrders(message: Message, catalogue: readonly Procedure[], now: Date): WantedOrder[] {
  const keys = new Set<string>()
  return message.orders().map((order, at) => {
    const wanted = wantedOrder(order, catalogue, now)
    const { sourceKey } = wanted
    const isShared = sourceKey !== '' && keys.has(sourceKey)
    // Several OBR under one ORC have its number: each is a request of its own.
    const own = isShared ? `${sourceKey}:${order.text('OBR', 2) || order.text('OBR', 1) || at + 1}` : sourceKey
    keys.add(own)
    return { ...wanted, sourceKey: own }
  })
}

function wantedOrder(message: Message, catalogue: readonly Procedure[], now: Date): WantedOrder {
  const text = (segment: string, field: number, component = 1) => message.text(segment, field, component)
  const sender = [text('MSH', 3), text('MSH', 4)].join('/')
  const number = text('ORC', 2) || text('OBR', 2) || text('ORC', 3) || text('OBR', 3)
  const procedureName = text('OBR', 4, 2) || text('OBR', 4)
  const known = catalogue.find(
    ({ code, description }) =>
      (code !== null && code.value === text('OBR', 4)) || description.toLowerCase() === procedureName.toLowerCase(),
  )
  const asked = text('IPC', 5) || text('OBR', 24)
  const when = text('OBR', 36) || text('TQ1', 7) || text('ORC', 7, 4) || text('OBR', 27, 4) || text('OBR', 6)
  const code = {
    value: clip(text('OBR', 4), 16),
    scheme: clip(text('OBR', 4, 3), 16),
    meaning: clip(procedureName, 64),
  }
  return {
    what: controls[text('ORC', 1)] ?? 'nothing',
    sourceKey: number === '' ? '' : `hl7:${sender}:${number}`,
    content: {
      patient: patientOf(message),
      request: {
        stationAETitle: clip(text('IPC', 9), 16),
        modality: clip((modalities[asked] ?? asked) || (known?.modality ?? 'OT'), 16).toUpperCase(),
        procedure: clip(known?.description ?? procedureName, 64),
        procedureCode: known?.code ?? (code.value && code.scheme && code.meaning ? code : null),
        date: /^\d{8}/.exec(when)?.[0] ?? dateOf(now),
        time: /^\d{8}(\d{4})/.exec(when)?.[1] ?? '',
        priority: priorityOf(text('TQ1', 9) || text('OBR', 27, 6) || text('ORC', 7, 6) || text('OBR', 5)),
        history: [text('OBR', 13), text('OBR', 31, 2) || text('OBR', 31)].filter(Boolean).join('. ').slice(0, 1024),
        requestedBy: clip(
          person(text('OBR', 16, 2) || text('ORC', 12, 2), text('OBR', 16, 3) || text('ORC', 12, 3)),
          64,
        ),
      },
    },
    // IHE RAD-4: OBR-18 to OBR-20 and ZDS carry what OMI has in IPC.
    accessionNumber: clip(text('IPC', 1) || text('OBR', 18), 16),
    requestedProcedureID: clip(text('IPC', 2) || text('OBR', 19), 16),
    studyInstanceUID: text('IPC', 3) || text('ZDS', 1),
    scheduledProcedureStepID: clip(text('IPC', 4) || text('OBR', 20), 16),
  }
}

function patientOf(message: Message): OrderContent['patient'] {
  const text = (segment: string, field: number, component = 1) => message.text(segment, field, component)
  const ids = Array.from({ length: Math.min(10, message.repetitions('PID', 3)) }, (_, at) => ({
    id: message.text('PID', 3, 1, at + 1),
    issuer: message.text('PID', 3, 4, at + 1),
    type: message.text('PID', 3, 5, at + 1).toUpperCase(),
  }))
  const own = ids.find(({ type }) => !CHIP_TYPES.has(type))
  const typed = text('PID', 35, 2) || text('PID', 35)
  const species = SPECIES.find(({ name, code }) => name === speciesName(typed) || code.value === text('PID', 35))
  const owner = person(text('NK1', 2), text('NK1', 2, 2))
  const isAnimal =
    (typed !== '' && speciesName(typed) !== 'Human') || (typed === '' && owner !== '' && /^OWN/i.test(text('NK1', 3)))
  const sex = text('PID', 8).toUpperCase()
  const names = {
    patientName: clip(person(text('PID', 5), text('PID', 5, 2)), 194),
    responsiblePerson: clip(owner, 64),
  }
  return {
    kind: isAnimal ? 'animal' : 'human',
    ...(isAnimal ? animalNamed(names) : names),
    patientId: clip(own?.id ?? '', 64),
    issuerOfPatientId: clip(own?.issuer ?? '', 64),
    birthDate: /^\d{8}/.exec(text('PID', 7))?.[0] ?? '',
    age: '',
    sex: /^M/.test(sex) ? 'M' : /^F/.test(sex) ? 'F' : /^[OUA]/.test(sex) && sex === 'O' ? 'O' : '',
    // Not of the standard, yet what practice systems write: castrated, neutered, spayed.
    neutered: /^(MC|MN|FS|FN)$/.test(sex) ? 'ALTERED' : '',
    species: isAnimal ? clip(species?.description ?? typed, 64) : '',
    speciesCode: isAnimal ? (species?.code ?? null) : null,
    breed: isAnimal ? clip(text('PID', 36, 2) || text('PID', 36), 64) : '',
    breedCode: null,
    breedRegistration: null,
    microchip: clip(ids.find(({ type }) => CHIP_TYPES.has(type))?.id ?? '', 64),
  }
}

function person(family: string, given: string): string {
  return given === '' ? family : `${family}^${given}`
}

function priorityOf(text: string): OrderContent['request']['priority'] {
  if (/^(S|ST|STAT)$/i.test(text)) return 'STAT'
  return /^(A|ASAP|U|H|HIGH|URGENT)$/i.test(text) ? 'HIGH' : 'ROUTINE'
}

function clip(text: string, max: number): string {
  return text
    .replace(/[\p{Cc}\\]+/gu, ' ')
    .trim()
    .slice(0, max)
}
