import { missingTags } from '#electron/worklist/missingTags.ts'
import type { OrderContent } from '#shared/contract/order.ts'
import type { KnownPatient, PatientRow } from '#shared/contract/worklist.ts'
import { parseDate } from '#shared/dicom/dateTime.ts'
import { fold } from '#shared/dicom/fold.ts'
import { ownerByName } from '#shared/dicom/ownerByName.ts'
import { speciesName } from '#shared/dicom/patientLine.ts'
import { comparePatients, type PatientFacts } from '#shared/dicom/samePatient.ts'
import { ageLater } from '#shared/dicom/typedAge.ts'
import { type Connection, prepare } from '../database.ts'
import { maySharePatient } from '../patientIdentity.ts'
import { PATIENT_FACTS } from '../studyFacts.ts'
import type { WorklistReaderApi } from './worklistApi.ts'

const SUGGESTED_MAX = 12
const LOOKED_AT_MAX = 60
const DAY_MS = 24 * 60 * 60 * 1000

interface StudyFacts extends Required<PatientFacts> {
  studyId: number
  attributes: string
  birthDate: string
  age: string
  sex: string
  neutered: string
  species: string
  breed: string
  owner: string
  studyDate: string
  receivedAt: number
}

/** Under one ID so many studies are looked through for names that contradict. */
const STUDIES_MAX = 200

const facts = `${PATIENT_FACTS}, study_id AS studyId, attributes, patient_birth_date AS birthDate, patient_age AS age,
  patient_sex AS sex, patient_sex_neutered AS neutered, breed, owner, study_date AS studyDate, received_at AS receivedAt`

/** R062, R169: patients of the archive, and whom a new request may be for. */
export function patientsReader(
  db: Connection,
): Pick<WorklistReaderApi, 'findPatients' | 'listPatients' | 'studiesOfPatient'> {
  const latest = prepare<StudyFacts>(
    db,
    `SELECT ${facts} FROM studies WHERE patient_ref = ? AND listed = 1
     ORDER BY listed_date DESC, listed_time DESC LIMIT 1`,
  )
  const newest = prepare<StudyFacts>(
    db,
    `SELECT ${facts} FROM studies WHERE patient_ref = ? AND listed = 1
     ORDER BY listed_date DESC, listed_time DESC LIMIT ${STUDIES_MAX}`,
  )
  const studiesOf = prepare<{ id: number }>(
    db,
    'SELECT study_id AS id FROM studies WHERE patient_ref = ? AND listed = 1 ORDER BY listed_date DESC, study_id DESC',
  )
  const external = prepare<{ id: string }>(db, 'SELECT patient_id AS id FROM external_patients WHERE patient_ref = ?')

  const search = (text: string, each: string) => {
    const words = fold(text).split(' ').filter(Boolean).slice(0, 8)
    return { words, sql: words.map(() => ` AND (${each})`).join('') }
  }

  const isShared = (patientRef: number) => {
    const patients = byName(newest.all(patientRef)).map(({ study }) => study)
    return patients.some((one) => patients.some((other) => comparePatients(one, other).verdict === 'different'))
  }

  async function findPatients(text: string): Promise<KnownPatient[]> {
    const found: KnownPatient[] = []
    const add = (patient: KnownPatient) => {
      const at = found.findIndex((each) => isOneSuggestion(each, patient))
      const known = found[at]
      if (!known) found.push(patient)
      // Images that say nothing of a species do not make a person of an animal that was asked for.
      else if (patient.studies > 0) found[at] = { ...patient, ...wider(known, patient), kind: known.kind }
    }
    const inOrders = search(text, 'instr(search_key, ?) > 0')
    const orders = prepare<{ content: string; changedAt: number }>(
      db,
      `SELECT content, changed_at AS changedAt FROM orders WHERE 1 = 1${inOrders.sql}
       ORDER BY order_id DESC LIMIT ${LOOKED_AT_MAX}`,
    )
    for (const { content, changedAt } of orders.all(...inOrders.words)) {
      const { patient } = JSON.parse(content) as OrderContent
      // What earlier versions kept had neither.
      const { age = '', breedRegistration = null } = patient
      const grown = ageLater(age, (Date.now() - changedAt) / DAY_MS)
      add({ ...patient, age: grown, breedRegistration, lastSeenAt: changedAt, studies: 0 })
    }
    const { words, sql } = patientCondition(text)
    const refs = prepare<{ ref: number }>(
      db,
      `SELECT patient_ref AS ref FROM patients p WHERE 1 = 1${sql} ORDER BY name_key LIMIT ${LOOKED_AT_MAX}`,
    )
    for (const { ref } of refs.all(...words)) {
      const chips = external.all(ref).map(({ id }) => id)
      const patients = byName(newest.all(ref))
      for (const { study, studies } of patients) {
        // Other IDs are kept by ID: where it is that of two, nobody knows whose they are.
        const chip = patients.length === 1 ? (chips[0] ?? '') : ''
        const text = fold([study.patientName, study.patientId, study.owner, ...chips].join(' '))
        if (inOrders.words.every((word) => text.includes(word))) add(knownPatient(study, chip, studies))
      }
    }
    // Who is called so comes before whose owner is.
    const isCalled = ({ patientName }: KnownPatient) => {
      const name = fold(patientName)
      return inOrders.words.every((word) => name.includes(word)) ? 1 : 0
    }
    const seenLast = found
      .toSorted((a, b) => isCalled(b) - isCalled(a) || b.lastSeenAt - a.lastSeenAt)
      .slice(0, SUGGESTED_MAX)
    return seenLast.map((patient) => ({ ...patient, responsiblePerson: ownerOf(patient) }))
  }

  /** Each word in the name, the ID, another ID (a microchip) or the owner. */
  function patientCondition(text: string): { words: string[]; sql: string } {
    const { words, sql } = search(
      text,
      `instr(p.name_key, ?) > 0 OR instr(lower(p.patient_id), ?) > 0
       OR p.client_ref IN (SELECT client_ref FROM clients WHERE instr(identity, ?) > 0)
       OR p.patient_ref IN (SELECT patient_ref FROM external_patients e WHERE instr(lower(e.patient_id), ?) > 0)`,
    )
    return { words: words.flatMap((word) => [word, word, word, word]), sql }
  }

  return {
    findPatients,
    async listPatients({ text, offset, limit }) {
      const { words, sql } = patientCondition(text)
      const from = `FROM patients p WHERE EXISTS
        (SELECT 1 FROM studies s WHERE s.patient_ref = p.patient_ref AND s.listed = 1)${sql}`
      const total = prepare<{ total: number }>(db, `SELECT count(*) AS total ${from}`).get(...words)?.total ?? 0
      const page = prepare<{ patientRef: number; issuer: string }>(
        db,
        `SELECT patient_ref AS patientRef, issuer_of_patient_id AS issuer ${from} ORDER BY name_key, patient_ref LIMIT ? OFFSET ?`,
      )
      const rows = page.all(...words, limit, offset).flatMap(({ patientRef, issuer }): PatientRow[] => {
        const study = latest.get(patientRef)
        if (!study) return []
        const { patientName, patientId, birthDate, sex, neutered, species, breed, owner, studyDate, studyId } = study
        return [
          {
            ...{ patientRef, patientName, patientId, issuerOfPatientId: issuer, birthDate, sex, neutered, species },
            ...{ breed, owner, lastStudyDate: studyDate, lastStudyId: studyId },
            ownerByName: ownerByName(study),
            age: ageToday(study),
            otherIds: external.all(patientRef).map(({ id }) => id),
            studies: studiesOf.all(patientRef).length,
            missing: [...missingTags(study), ...(isShared(patientRef) ? ['an ID of its own'] : [])],
          },
        ]
      })
      return { total, rows }
    },
    studiesOfPatient: async (patientRef) => studiesOf.all(patientRef).map(({ id }) => id),
  }
}

/**
 * Devices give out IDs of their own: under one ID with two names, however like, there are two to choose from. Without an ID
 * the birth date has to be the same, too.
 */
function isOneSuggestion(one: KnownPatient, other: KnownPatient): boolean {
  const [a, b] = [one, other].map(({ patientId, patientName }) => ({ patientId, patientName }))
  if (!a || !b) return false
  const { reason, lesser } = comparePatients(a, b)
  return reason === 'agree' || (reason === 'no-id' && lesser === undefined && one.birthDate === other.birthDate)
}

/** Devices give out IDs of their own: one ID may be that of several patients. The newest study of each, and how many. */
function byName(studies: readonly StudyFacts[]): { study: StudyFacts; studies: number }[] {
  const patients: { study: StudyFacts; studies: number }[] = []
  for (const study of studies) {
    const known = patients.find((each) => maySharePatient(each.study, study) || maySharePatient(study, each.study))
    if (known) known.studies += 1
    else patients.push({ study, studies: 1 })
  }
  return patients
}

/** Of somebody whose birth date is not known: what the images said on their day, and the time since. */
function ageToday({ birthDate, age, studyDate, receivedAt }: StudyFacts): string {
  if (birthDate !== '') return ''
  const on = parseDate(studyDate)
  const saidAt = on ? Date.UTC(on.year, on.month - 1, on.day) : receivedAt
  return ageLater(age.trim().toUpperCase(), (Date.now() - saidAt) / DAY_MS)
}

/** As named; else as the name of the animal says. */
function ownerOf({ kind, patientName, responsiblePerson: owner, species, breed }: KnownPatient): string {
  return owner || (kind === 'animal' ? plain(ownerByName({ patientName, owner, species, breed }), 64) : '')
}

function knownPatient(study: StudyFacts, microchip: string, studies: number): KnownPatient {
  const attributes = JSON.parse(study.attributes) as Record<string, string>
  const isHuman =
    speciesName(study.species) === 'Human' || (study.species === '' && study.owner === '' && study.breed === '')
  const sex = study.sex === 'M' || study.sex === 'F' || study.sex === 'O' ? study.sex : ''
  const neutered = study.neutered === 'ALTERED' || study.neutered === 'UNALTERED' ? study.neutered : ''
  return {
    kind: isHuman ? 'human' : 'animal',
    patientName: plain(study.patientName, 194),
    patientId: plain(study.patientId, 64),
    issuerOfPatientId: plain(attributes.IssuerOfPatientID ?? '', 64),
    birthDate: /^\d{8}$/.test(study.birthDate) ? study.birthDate : '',
    age: ageToday(study),
    sex,
    neutered,
    species: plain(study.species, 64),
    speciesCode: codeOf(attributes.PatientSpeciesCodeSequence),
    breed: plain(study.breed, 64),
    breedCode: codeOf(attributes.PatientBreedCodeSequence),
    breedRegistration: null,
    responsiblePerson: plain(study.owner, 64),
    microchip: plain(microchip, 64),
    lastSeenAt: study.receivedAt,
    studies,
  }
}

/** Tags hold anything; a request holds what a worklist can say. */
function plain(text: string, max: number): string {
  return text
    .replace(/[\p{Cc}\\]+/gu, ' ')
    .trim()
    .slice(0, max)
}

function codeOf(json: string | undefined): KnownPatient['speciesCode'] {
  if (!json) return null
  const [item] = JSON.parse(json) as Record<string, string>[]
  const value = plain(item?.CodeValue ?? '', 16)
  const scheme = plain(item?.CodingSchemeDesignator ?? '', 16)
  const meaning = plain(item?.CodeMeaning ?? '', 64)
  return value && scheme && meaning ? { value, scheme, meaning } : null
}

/** A request says what a person typed; images that came since may know less. */
function wider(typed: KnownPatient, seen: KnownPatient): Partial<KnownPatient> {
  return Object.fromEntries(
    Object.entries(typed).filter(([key, value]) => !seen[key as keyof KnownPatient] && value),
  ) as Partial<KnownPatient>
}
