import type { Order, OrderContent, OrderSource, OrderState } from '#shared/contract/order.ts'
import { animalName } from '#shared/dicom/animalName.ts'
import { fold } from '#shared/dicom/fold.ts'
import type { PatientFacts } from '#shared/dicom/samePatient.ts'

/** Columns of `orders`, for every statement that gives whole orders. */
export const orderColumns = `o.order_id AS orderId, o.state, o.source_kind AS sourceKind, o.source_name AS sourceName,
  o.source_server_id AS serverId,
  o.accession_number AS accessionNumber, o.study_instance_uid AS studyInstanceUID,
  o.requested_procedure_id AS requestedProcedureID, o.scheduled_step_id AS scheduledProcedureStepID,
  o.created_at AS createdAt, o.changed_at AS changedAt, o.content`

export interface OrderRow {
  orderId: number
  state: OrderState
  sourceKind: OrderSource['kind']
  sourceName: string
  serverId: number | null
  accessionNumber: string
  studyInstanceUID: string
  requestedProcedureID: string
  scheduledProcedureStepID: string
  createdAt: number
  changedAt: number
  content: string
}

export function orderOf(row: OrderRow): Order {
  const { sourceKind, sourceName, content, ...rest } = row
  const { patient, request } = JSON.parse(content) as OrderContent
  return {
    // What earlier versions kept had no registration, and no age.
    patient: { ...patient, age: patient.age ?? '', breedRegistration: patient.breedRegistration ?? null },
    request,
    orderId: rest.orderId,
    state: rest.state,
    source: { kind: sourceKind, name: sourceName, serverId: rest.serverId },
    accessionNumber: rest.accessionNumber,
    studyInstanceUID: rest.studyInstanceUID,
    requestedProcedureID: rest.requestedProcedureID,
    scheduledProcedureStepID: rest.scheduledProcedureStepID,
    createdAt: rest.createdAt,
    changedAt: rest.changedAt,
  }
}

/** Whom a request is for: an animal under the name that devices are told, whether or not its owner's was typed with it. */
export function orderPatient({ kind, ...patient }: OrderContent['patient']): PatientFacts {
  const { patientId, patientName, responsiblePerson } = patient
  const isAnimal = kind === 'animal'
  return {
    patientId,
    patientName: isAnimal ? animalName(patientName, responsiblePerson) : patientName,
    species: isAnimal ? '' : 'Human',
  }
}

/** What the board's search field looks through. */
export function searchKey({ patient, request }: OrderContent, accessionNumber: string): string {
  const parts = [patient.patientName, patient.responsiblePerson, patient.patientId, patient.microchip]
  return fold([...parts, request.procedure, accessionNumber].join(' '))
}
