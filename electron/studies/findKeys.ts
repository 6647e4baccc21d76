import type { Match } from '#electron/dicom/nodeApi.ts'
import type { StudyFilter } from '#shared/contract/studies.ts'
import { containsKey, matches, rangeKey } from '#shared/dicom/matching.ts'

type Spelling = (text: string) => string
const asTyped: Spelling = (text) => text

/**
 * PS3.4 C.2.2.2.1 lets a server match names with regard to case, and some do (dcmqrscp 3.6.7: retrieve.test.ts). When
 * nothing is found as typed, names are asked for as they mostly stand in archives.
 */
export function otherSpellings({ text = '', patientName = '' }: StudyFilter): Spelling[] {
  const spellings: Spelling[] = [
    (name) => name.toUpperCase(),
    (name) => name.toLowerCase().replace(/(^|[^\p{L}])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase()),
  ]
  const typed = text + patientName
  return spellings.filter((spell) => spell(typed) !== typed)
}

/** Asked for with every study query (PS3.4 table C.6-2 and what clinics of either kind read first). */
const RETURN_KEYS = {
  StudyInstanceUID: '',
  PatientName: '',
  PatientID: '',
  PatientBirthDate: '',
  PatientSex: '',
  PatientSexNeutered: '',
  PatientSpeciesDescription: '',
  PatientBreedDescription: '',
  ResponsiblePerson: '',
  AccessionNumber: '',
  StudyDate: '',
  StudyTime: '',
  StudyDescription: '',
  ModalitiesInStudy: '',
  NumberOfStudyRelatedSeries: '',
  NumberOfStudyRelatedInstances: '',
}

/**
 * The identifiers that ask a server for this filter. C-FIND knows no "or": free text becomes one query for each required
 * key that it may stand in. Keys that a server may ignore are checked again by `passes`.
 */
export function findKeys(filter: StudyFilter, spell: Spelling = asTyped): Record<string, string>[] {
  const keys: Record<string, string> = { ...RETURN_KEYS }
  const put = (keyword: string, value: string | undefined) => {
    if (value) keys[keyword] = value
  }
  put('PatientName', containsKey(spell(filter.patientName ?? '')))
  put('PatientID', containsKey(filter.patientId ?? ''))
  put('AccessionNumber', containsKey(filter.accessionNumber ?? ''))
  put('StudyDescription', containsKey(filter.description ?? ''))
  put('ResponsiblePerson', containsKey(filter.owner ?? ''))
  put('PatientSpeciesDescription', containsKey(filter.species ?? ''))
  put('PatientBirthDate', birthDateKey(filter.birthDate))
  put('StudyDate', rangeKey(filter.dateFrom, filter.dateTo))
  // Single value matching only: several modalities are sorted out here.
  if (filter.modalities?.length === 1) put('ModalitiesInStudy', filter.modalities[0])
  const text = containsKey(filter.text ?? '')
  if (text === '') return [keys]
  return ['PatientName', 'PatientID', 'AccessionNumber']
    .filter((keyword) => keys[keyword] === '')
    .map((keyword) => ({
      ...keys,
      [keyword]: keyword === 'PatientName' ? containsKey(spell(filter.text ?? '')) : text,
    }))
}

/** A year or a month is a range of days (PS3.4 C.2.2.2.5). */
function birthDateKey(birthDate: string | undefined): string {
  if (!birthDate || birthDate.length === 8) return birthDate ?? ''
  const lastMonth = birthDate.padEnd(6, '12')
  const lastDay = new Date(Date.UTC(Number(lastMonth.slice(0, 4)), Number(lastMonth.slice(4)), 0)).getUTCDate()
  return rangeKey(birthDate.padEnd(8, '01'), `${lastMonth}${lastDay}`)
}

/** Optional keys (PS3.4 C.2.2.1.3) may be ignored by a server, which then answers with everything. */
export function passes(match: Match, filter: StudyFilter): boolean {
  const { StudyDescription: description, ModalitiesInStudy: modalities, PatientBirthDate: birthDate = '' } = match
  if (filter.description && !matches('LO', containsKey(filter.description), description ?? '')) return false
  if (filter.owner && !matches('PN', containsKey(filter.owner), match.ResponsiblePerson ?? '')) return false
  if (filter.species && !matches('LO', containsKey(filter.species), match.PatientSpeciesDescription ?? '')) return false
  if (filter.birthDate && !birthDate.startsWith(filter.birthDate)) return false
  if (filter.modalities?.length && modalities)
    return modalities.split('\\').some((modality) => filter.modalities?.includes(modality))
  return true
}
