import type { Code, OrderContent } from '#shared/contract/order.ts'
import { orderContent } from '#shared/contract/order.ts'
import type { RemoteItem } from '#shared/contract/worklist.ts'
import { type AttributeSet, itemsIn, textIn } from '#shared/dicom/attributeSet.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { containsKey, startsWithKey } from '#shared/dicom/matching.ts'
import { speciesName } from '#shared/dicom/patientLine.ts'
import { asPersonName } from '#shared/dicom/typedName.ts'
import { isAcceptableUID } from '#shared/dicom/uid.ts'

/** What an entry has to be to be given; what is left out matches all. */
export interface AskedWorklist {
  /** DA. */
  from: string
  to: string
  stationAETitle?: string | undefined
  modality?: string | undefined
  /** As people write it: `Sato, R`. */
  patientName?: string | undefined
  patientId?: string | undefined
  accessionNumber?: string | undefined
}

/** What we ask a worklist for (PS3.4 Table K.6-1); what it does not know it leaves out. */
export function worklistKeys(asked: AskedWorklist): AttributeSet {
  const { from, to, stationAETitle = '', modality = '', patientName = '', patientId = '', accessionNumber = '' } = asked
  const code = () => [{ CodeValue: '', CodingSchemeDesignator: '', CodeMeaning: '' }]
  return {
    AccessionNumber: accessionNumber,
    ReferringPhysicianName: '',
    PatientName: nameKey(patientName),
    PatientID: patientId,
    IssuerOfPatientID: '',
    PatientBirthDate: '',
    PatientAge: '',
    PatientSex: '',
    PatientSpeciesDescription: '',
    PatientSpeciesCodeSequence: code(),
    PatientSexNeutered: '',
    PatientBreedDescription: '',
    PatientBreedCodeSequence: code(),
    BreedRegistrationSequence: [{ BreedRegistrationNumber: '', BreedRegistryCodeSequence: code() }],
    ResponsiblePerson: '',
    AdditionalPatientHistory: '',
    StudyInstanceUID: '',
    RequestingPhysician: '',
    RequestedProcedureID: '',
    RequestedProcedureDescription: '',
    RequestedProcedureCodeSequence: code(),
    RequestedProcedurePriority: '',
    ScheduledProcedureStepSequence: [
      {
        Modality: modality,
        ScheduledStationAETitle: stationAETitle,
        ScheduledProcedureStepStartDate: from === to ? from : `${from}-${to}`,
        ScheduledProcedureStepStartTime: '',
        ScheduledProcedureStepDescription: '',
        ScheduledProcedureStepID: '',
      },
    ],
  }
}

/** Who types at a desk does not type all of a name, and one word is the family's as well as the animal's after it. */
function nameKey(typed: string): string {
  const name = asPersonName(typed)
  return name.includes('^') ? startsWithKey(name) : containsKey(name)
}

/** An entry of another worklist as a request; undefined where it lacks what makes it one: a name, a day, a study. */
export function remoteItem(server: { serverId: number; name: string }, set: AttributeSet): RemoteItem | undefined {
  const [step] = itemsIn(set, 'ScheduledProcedureStepSequence')
  const text = (keyword: string, max: number, from: AttributeSet | undefined = set) =>
    bounded(textIn(from, keyword), max)
  const studyInstanceUID = textIn(set, 'StudyInstanceUID').trim()
  const species = text('PatientSpeciesDescription', 64)
  const speciesCode = codeIn(set, 'PatientSpeciesCodeSequence')
  const responsiblePerson = text('ResponsiblePerson', 64)
  const neutered = textIn(set, 'PatientSexNeutered')
  const sex = textIn(set, 'PatientSex')
  const isHuman =
    speciesName(species || speciesCode?.meaning || '') === 'Human' || (!species && !speciesCode && !responsiblePerson)
  const wanted: OrderContent = {
    patient: {
      kind: isHuman ? 'human' : 'animal',
      patientName: text('PatientName', 194),
      patientId: text('PatientID', 64),
      issuerOfPatientId: text('IssuerOfPatientID', 64),
      birthDate: textIn(set, 'PatientBirthDate'),
      age: /^\d{3}[DWMY]$/.exec(textIn(set, 'PatientAge').trim())?.[0] ?? '',
      sex: sex === 'M' || sex === 'F' || sex === 'O' ? sex : '',
      neutered: neutered === 'ALTERED' || neutered === 'UNALTERED' ? neutered : '',
      species,
      speciesCode,
      breed: text('PatientBreedDescription', 64),
      breedCode: codeIn(set, 'PatientBreedCodeSequence'),
      breedRegistration: registrationIn(set),
      responsiblePerson,
      microchip: '',
    },
    request: {
      stationAETitle: text('ScheduledStationAETitle', 16, step),
      modality: text('Modality', 16, step) || 'OT',
      procedure:
        text('RequestedProcedureDescription', 64) ||
        text('ScheduledProcedureStepDescription', 64, step) ||
        'Not described',
      procedureCode: codeIn(set, 'RequestedProcedureCodeSequence'),
      date: textIn(step, 'ScheduledProcedureStepStartDate') || dateOf(new Date()),
      time: textIn(step, 'ScheduledProcedureStepStartTime').replace(/\..*$/, ''),
      priority: priorityOf(textIn(set, 'RequestedProcedurePriority')),
      history: textIn(set, 'AdditionalPatientHistory').slice(0, 1024),
      requestedBy: text('RequestingPhysician', 64) || text('ReferringPhysicianName', 64),
    },
  }
  const content = orderContent.safeParse(wanted)
  if (!content.success || !isAcceptableUID(studyInstanceUID)) return undefined
  const scheduledProcedureStepID = text('ScheduledProcedureStepID', 16, step)
  return {
    serverId: server.serverId,
    serverName: server.name,
    key: `${studyInstanceUID}/${scheduledProcedureStepID}`,
    content: content.data,
    accessionNumber: text('AccessionNumber', 16),
    studyInstanceUID,
    requestedProcedureID: text('RequestedProcedureID', 16),
    scheduledProcedureStepID,
  }
}

function registrationIn(set: AttributeSet): OrderContent['patient']['breedRegistration'] {
  const [item] = itemsIn(set, 'BreedRegistrationSequence')
  const number = bounded(textIn(item, 'BreedRegistrationNumber'), 64)
  const registry = item ? codeIn(item, 'BreedRegistryCodeSequence') : null
  return number !== '' && registry ? { number, registry } : null
}

function codeIn(set: AttributeSet, keyword: string): Code | null {
  const [item] = itemsIn(set, keyword)
  const value = bounded(textIn(item, 'CodeValue'), 16)
  const scheme = bounded(textIn(item, 'CodingSchemeDesignator'), 16)
  const meaning = bounded(textIn(item, 'CodeMeaning'), 64)
  return value && scheme && meaning ? { value, scheme, meaning } : null
}

function priorityOf(text: string): OrderContent['request']['priority'] {
  return text === 'STAT' || text === 'HIGH' ? text : 'ROUTINE'
}

function bounded(text: string, max: number): string {
  return text
    .replace(/[\p{Cc}\\]+/gu, ' ')
    .trim()
    .slice(0, max)
}
