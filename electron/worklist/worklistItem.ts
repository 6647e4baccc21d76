import type { Code, Order } from '#shared/contract/order.ts'
import { type AttributeSet, itemsIn, textIn } from '#shared/dicom/attributeSet.ts'

const STEPS = 'ScheduledProcedureStepSequence'
const START_TIME = 'ScheduledProcedureStepStartTime'
const MIDNIGHT = '000000'

/**
 * An order as an entry of our worklist (PS3.4 K.6.1.2.2). Every key of Table K.6-1 that we know is there, empty where there
 * is nothing to say. `askedFor`: an order for whichever device is for the one that asks, since the standard wants a
 * Scheduled Station AE Title.
 */
export function worklistItem(order: Order, askedFor: string): AttributeSet {
  const { patient, request } = order
  return {
    AccessionNumber: order.accessionNumber,
    ReferringPhysicianName: request.requestedBy,
    ReferencedStudySequence: [],
    ReferencedPatientSequence: [],
    PatientName: patient.patientName,
    PatientID: patient.patientId,
    IssuerOfPatientID: patient.issuerOfPatientId,
    PatientBirthDate: patient.birthDate,
    PatientAge: patient.age,
    PatientSex: patient.sex,
    OtherPatientIDsSequence:
      patient.microchip === ''
        ? []
        : [{ PatientID: patient.microchip, IssuerOfPatientID: '', TypeOfPatientID: 'RFID' }],
    PatientSize: '',
    PatientWeight: '',
    MedicalAlerts: '',
    Allergies: '',
    PregnancyStatus: '',
    SpecialNeeds: '',
    PatientState: '',
    ConfidentialityConstraintOnPatientDataDescription: '',
    AdditionalPatientHistory: request.history,
    ...animal(order),
    StudyInstanceUID: order.studyInstanceUID,
    AdmissionID: '',
    CurrentPatientLocation: '',
    PatientTransportArrangements: '',
    RequestingPhysician: request.requestedBy,
    RequestingService: '',
    RequestedProcedureID: order.requestedProcedureID,
    RequestedProcedureDescription: request.procedure,
    RequestedProcedureCodeSequence: codes(request.procedureCode),
    RequestedProcedurePriority: request.priority,
    ReasonForTheRequestedProcedure: oneLine(request.history),
    RequestedProcedureComments: '',
    NamesOfIntendedRecipientsOfResults: '',
    PlacerOrderNumberImagingServiceRequest: '',
    FillerOrderNumberImagingServiceRequest: order.accessionNumber,
    ScheduledProcedureStepSequence: [
      {
        Modality: request.modality,
        RequestedContrastAgent: '',
        ScheduledStationAETitle: request.stationAETitle || askedFor,
        ScheduledProcedureStepStartDate: request.date,
        ScheduledProcedureStepStartTime: request.time,
        ScheduledPerformingPhysicianName: '',
        ScheduledProcedureStepDescription: request.procedure,
        ScheduledProtocolCodeSequence: codes(request.procedureCode),
        ScheduledProcedureStepID: order.scheduledProcedureStepID,
        ScheduledStationName: '',
        ScheduledProcedureStepLocation: '',
        PreMedication: '',
        ScheduledProcedureStepStatus: order.state === 'in-progress' ? 'STARTED' : 'SCHEDULED',
      },
    ],
  }
}

/**
 * As it goes to a device: the Start Time is type 1 (PS3.4 Table K.6-1), and a request for any time of its day has none. Matching
 * comes before, so that whoever asks for some hours of the day sees it.
 */
export function timed(item: AttributeSet): AttributeSet {
  const steps = itemsIn(item, STEPS)
  if (steps.every((step) => textIn(step, START_TIME) !== '')) return item
  return { ...item, [STEPS]: steps.map((step) => ({ ...step, [START_TIME]: textIn(step, START_TIME) || MIDNIGHT })) }
}

/** PS3.3 C.7.1.1: required of an animal, and absent or empty of a person. */
function animal({ patient }: Order): AttributeSet {
  const isAnimal = patient.kind === 'animal'
  return {
    PatientSpeciesDescription: isAnimal ? patient.species : '',
    PatientSpeciesCodeSequence: isAnimal ? codes(patient.speciesCode) : [],
    PatientSexNeutered: isAnimal ? patient.neutered : '',
    PatientBreedDescription: isAnimal ? patient.breed : '',
    PatientBreedCodeSequence: isAnimal ? codes(patient.breedCode) : [],
    BreedRegistrationSequence: isAnimal ? registrations(patient) : [],
    ResponsiblePerson: patient.responsiblePerson,
    ResponsiblePersonRole: isAnimal && patient.responsiblePerson !== '' ? 'OWNER' : '',
    ResponsibleOrganization: '',
  }
}

/** PS3.3 C.7.1.1: number and registry are both type 1 of an item. */
function registrations({ breedRegistration }: Order['patient']): AttributeSet[] {
  if (!breedRegistration) return []
  const { number, registry } = breedRegistration
  return [{ BreedRegistrationNumber: number, BreedRegistryCodeSequence: codes(registry) }]
}

function codes(code: Code | null): AttributeSet[] {
  return code ? [{ CodeValue: code.value, CodingSchemeDesignator: code.scheme, CodeMeaning: code.meaning }] : []
}

/** LO: 64 characters on one line. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\\]+/gu, ' ')
    .trim()
    .slice(0, 64)
}
