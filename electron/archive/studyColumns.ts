import { fold } from '#shared/dicom/fold.ts'
import type { InstanceSource, NewInstance } from './archiveApi.ts'
import { patientAttributes, sequenceAttributes, seriesAttributes, studyAttributes } from './storedAttributes.ts'

type Attributes = NewInstance['attributes']

/** The columns of `studies` that come from attributes: the study as its first instance tells it. */
export function studyColumns(attributes: Attributes) {
  const value = (keyword: string) => attributes[keyword] ?? ''
  const species = value('PatientSpeciesDescription') || codeMeaning(value('PatientSpeciesCodeSequence'))
  const breed = value('PatientBreedDescription') || codeMeaning(value('PatientBreedCodeSequence'))
  const owner = value('ResponsiblePerson') || value('ResponsibleOrganization')
  return {
    patient_name: value('PatientName'),
    name_key: fold(value('PatientName')),
    patient_id: value('PatientID'),
    patient_id_key: fold(value('PatientID')),
    patient_birth_date: date(value('PatientBirthDate')),
    patient_age: value('PatientAge'),
    patient_sex: value('PatientSex'),
    patient_sex_neutered: value('PatientSexNeutered'),
    species,
    species_key: fold(species),
    breed,
    owner,
    owner_key: fold(owner),
    accession_number: value('AccessionNumber'),
    accession_key: fold(value('AccessionNumber')),
    study_date: date(value('StudyDate')),
    study_time: value('StudyTime').replaceAll(':', ''),
    study_number: value('StudyID'),
    description: value('StudyDescription'),
    description_key: fold(value('StudyDescription')),
    attributes: JSON.stringify(
      pick(attributes, [...patientAttributes, ...studyAttributes, ...Object.keys(sequenceAttributes)]),
    ),
  }
}

export function seriesColumns(attributes: Attributes) {
  const value = (keyword: string) => attributes[keyword] ?? ''
  return {
    modality: value('Modality').slice(0, 16),
    series_number: integer(value('SeriesNumber')),
    description: value('SeriesDescription'),
    body_part: value('BodyPartExamined'),
    attributes: JSON.stringify(pick(attributes, seriesAttributes)),
  }
}

/** Calling AE title, or how it came in. */
export function sourceName(source: InstanceSource): string {
  if (source.kind === 'demo') return 'Demo'
  return source.callingAETitle || (source.kind === 'import' ? 'Import' : source.address)
}

/** DA; ACR-NEMA's `YYYY.MM.DD` (PS3.5 6.2) too, '' for what is no date. */
function date(value: string): string {
  const digits = value.replace(/[.\-/]/g, '').trim()
  return /^\d{8}$/.test(digits) ? digits : ''
}

/** IS. Null for what is no whole number of its range. */
export function integer(value: string): number | null {
  const number = Number(value.split('\\')[0]?.trim() || Number.NaN)
  return Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : null
}

function pick(attributes: Attributes, keywords: readonly string[]): Attributes {
  const picked: Attributes = {}
  for (const keyword of keywords) {
    const value = attributes[keyword]
    if (value !== undefined) picked[keyword] = value
  }
  return picked
}

/** CodeMeaning of the first item of a stored code sequence. */
function codeMeaning(sequence: string): string {
  if (sequence === '') return ''
  const items = JSON.parse(sequence) as Record<string, string>[]
  return items[0]?.CodeMeaning ?? ''
}
