import { manyStudy, nameOf } from './manyStudies.ts'

export interface Question {
  name: string
  /** Keys of the question about study `at` of `count`. */
  keys(at: number, count: number): Record<string, string>
}

const study = (at: number, count: number) => manyStudy(at, count) as Record<string, string>
const familyOf = (at: number) => nameOf(at).split('^')[0] ?? ''

/** What people and devices ask by. */
export const QUESTIONS: readonly Question[] = [
  { name: 'patient ID', keys: (at, count) => ({ PatientID: study(at, count).PatientID ?? '' }) },
  { name: 'study UID', keys: (at, count) => ({ StudyInstanceUID: study(at, count).StudyInstanceUID ?? '' }) },
  { name: 'accession number', keys: (at, count) => ({ AccessionNumber: study(at, count).AccessionNumber ?? '' }) },
  {
    name: 'a day and the patient',
    keys: (at, count) => ({ StudyDate: study(at, count).StudyDate ?? '', PatientID: study(at, count).PatientID ?? '' }),
  },
  { name: 'one day', keys: (at, count) => ({ StudyDate: oneDay(study(at, count).StudyDate ?? '') }) },
  { name: 'start of the name', keys: (at) => ({ PatientName: `${familyOf(at)}*` }) },
  { name: 'part of the name', keys: (at) => ({ PatientName: `*${familyOf(at).slice(1)}^*` }) },
]

/** As a range, the way that a search by date asks. */
const oneDay = (date: string) => `${date}-${date}`
