import { type Code, type OrderContent, type OrderPatient, orderContent } from '#shared/contract/order.ts'
import type { KnownPatient } from '#shared/contract/worklist.ts'
import { ageText } from '#shared/dicom/age.ts'
import { animalNamed, typedAnimalName } from '#shared/dicom/animalName.ts'
import { BREED_REGISTRIES } from '#shared/dicom/breedRegistries.ts'
import { parseDate } from '#shared/dicom/dateTime.ts'
import { SPECIES } from '#shared/dicom/species.ts'
import { asAge } from '#shared/dicom/typedAge.ts'
import { asPersonName, typedPersonName } from '#shared/dicom/typedName.ts'

/** A request while it is typed: days and times as people write them. */
export interface Draft {
  kind: 'animal' | 'human'
  /** Of an animal what it is called, of a person `Family, Given`. */
  name: string
  /** The name as devices and images have it, and what is typed where it is still that one; null of a new patient. */
  kept: { kind: OrderPatient['kind']; name: string; owner: string; patientName: string } | null
  patientId: string
  issuerOfPatientId: string
  /** `2018-03-21`, or an age as `5 y`, which makes no birth date. */
  born: string
  sex: OrderPatient['sex']
  neutered: OrderPatient['neutered']
  species: string
  breed: string
  breedCode: Code | null
  registration: string
  /** Code value of CID 7481; '' = none. */
  registry: string
  owner: string
  microchip: string
  station: string
  modality: string
  procedure: string
  procedureCode: Code | null
  /** `2026-11-21`. */
  day: string
  time: string
  priority: OrderContent['request']['priority']
  history: string
  requestedBy: string
}

export const inputDay = (date: string): string => date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')

export function emptyDraft(date: string): Draft {
  return {
    ...{ kind: 'animal', name: '', kept: null, patientId: '', issuerOfPatientId: '', born: '', sex: '', neutered: '' },
    ...{ species: 'Dog', breed: '', breedCode: null, registration: '', registry: '', owner: '', microchip: '' },
    ...{ station: '', modality: '', procedure: '', procedureCode: null, day: inputDay(date), time: '' },
    ...{ priority: 'ROUTINE', history: '', requestedBy: '' },
  }
}

export function draftOf({ patient, request }: OrderContent): Draft {
  return {
    ...patientDraft(patient, true),
    station: request.stationAETitle,
    modality: request.modality,
    procedure: request.procedure,
    procedureCode: request.procedureCode,
    day: inputDay(request.date),
    time: request.time.replace(/^(\d{2})(\d{2}).*$/, '$1:$2'),
    priority: request.priority,
    history: request.history,
    requestedBy: typedPersonName(request.requestedBy),
  }
}

/** A patient of the archive or of an earlier request: of images the name stays, so that they stay those of one patient. */
export const knownDraft = (patient: KnownPatient) =>
  patientDraft(patient, patient.studies > 0 || patient.patientName.includes('^'))

/** The half of a draft that a known patient fills. */
function patientDraft(patient: OrderPatient, keepsName: boolean) {
  const known = SPECIES.find(
    ({ code, description }) => code.value === patient.speciesCode?.value || description === patient.species,
  )
  const { kind, patientName, responsiblePerson } = patient
  const owner = typedPersonName(responsiblePerson)
  const ownName = kind === 'animal' ? typedAnimalName(patientName, responsiblePerson) : undefined
  const name = ownName ?? typedPersonName(patientName)
  return {
    ...{ kind, name, owner },
    kept: keepsName ? { kind, name, owner, patientName } : null,
    patientId: patient.patientId,
    issuerOfPatientId: patient.issuerOfPatientId,
    born: inputDay(patient.birthDate) || ageText(patient.age),
    sex: patient.sex,
    neutered: patient.neutered,
    species: known?.name ?? patient.species,
    breed: patient.breed,
    breedCode: patient.breedCode,
    registration: patient.breedRegistration?.number ?? '',
    registry: patient.breedRegistration?.registry.value ?? '',
    microchip: patient.microchip,
  }
}

export type Problems = Partial<Record<keyof Draft, string>>

const fieldOf: Readonly<Record<string, keyof Draft>> = {
  'patient.patientName': 'name',
  'patient.birthDate': 'born',
  'patient.responsiblePerson': 'owner',
  'patient.breedRegistration': 'registration',
  'request.stationAETitle': 'station',
  'request.date': 'day',
}

/** The request as it is sent, or what is wrong with the draft, by field. */
export function contentOf(draft: Draft): { content?: OrderContent; problems: Problems } {
  const isAnimal = draft.kind === 'animal'
  const age = asAge(draft.born)
  const species = SPECIES.find(({ name }) => name.toLowerCase() === draft.species.trim().toLowerCase())
  const registry = BREED_REGISTRIES.find(({ value }) => value === draft.registry)
  const parsed = orderContent.safeParse({
    patient: {
      kind: draft.kind,
      ...namesOf(draft),
      patientId: draft.patientId,
      issuerOfPatientId: draft.issuerOfPatientId,
      birthDate: age === undefined ? dayOf(draft.born) : '',
      age: age ?? '',
      sex: draft.sex,
      neutered: isAnimal ? draft.neutered : '',
      species: isAnimal ? (species?.description ?? draft.species) : '',
      speciesCode: isAnimal ? (species?.code ?? null) : null,
      breed: isAnimal ? draft.breed : '',
      breedCode: isAnimal && draft.breedCode?.meaning === draft.breed ? draft.breedCode : null,
      breedRegistration: isAnimal && registry ? { number: draft.registration, registry } : null,
      microchip: draft.microchip,
    },
    request: {
      stationAETitle: draft.station,
      modality: draft.modality,
      procedure: draft.procedure,
      procedureCode: draft.procedureCode?.meaning === draft.procedure ? draft.procedureCode : null,
      date: dayOf(draft.day),
      time: timeOf(draft.time),
      priority: draft.priority,
      history: draft.history,
      requestedBy: asPersonName(draft.requestedBy),
    },
  } satisfies OrderContent)
  const problems: Problems = {}
  if (isAnimal && draft.registration.trim() !== '' && !registry) problems.registry = 'Choose whose number this is.'
  if (parsed.success) return problems.registry ? { problems } : { content: parsed.data, problems }
  for (const { path, message } of parsed.error.issues) {
    const field = fieldOf[path.slice(0, 2).join('.')] ?? (String(path[1]) as keyof Draft)
    problems[field] ??= message
  }
  return { problems }
}

/** An animal is named beside its owner, a person alone. A name that nobody touched stays letter by letter. */
function namesOf({ kind, name, owner, kept }: Draft): Pick<OrderPatient, 'patientName' | 'responsiblePerson'> {
  const responsiblePerson = asPersonName(owner)
  if (kept && kept.kind === kind && kept.name === name && kept.owner === owner)
    return { patientName: kept.patientName, responsiblePerson }
  const typed = { patientName: asPersonName(name), responsiblePerson }
  return kind === 'animal' ? animalNamed(typed) : typed
}

/** `930`, `9:30` and `09:30` are the same time. */
function timeOf(typed: string): string {
  const text = typed.trim()
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text)
  return match ? `${match[1]?.padStart(2, '0')}${match[2] ?? '00'}` : text
}

/** A day as people write it; what is none stays as typed, to be refused with a sentence. */
function dayOf(typed: string): string {
  const text = typed.trim()
  const dotted = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text)
  if (dotted) return `${dotted[3]}${dotted[2]?.padStart(2, '0')}${dotted[1]?.padStart(2, '0')}`
  const plain = text.replaceAll('-', '')
  return parseDate(plain) ? plain : text
}
