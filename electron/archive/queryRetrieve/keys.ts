import {
  instanceAttributes,
  patientAttributes,
  sequenceAttributes,
  seriesAttributes,
  studyAttributes,
} from '../storedAttributes.ts'
import type { QueryLevel } from './query.ts'

export const QUERY_LEVELS: readonly QueryLevel[] = ['PATIENT', 'STUDY', 'SERIES', 'IMAGE']

/** PS3.4 C.6.1.1 and C.6.2.1: what identifies one of the level. */
export const UNIQUE_KEYS: Readonly<Record<QueryLevel, string>> = {
  PATIENT: 'PatientID',
  STUDY: 'StudyInstanceUID',
  SERIES: 'SeriesInstanceUID',
  IMAGE: 'SOPInstanceUID',
}

/** The keys of each level that the index can tell: required, unique and optional ones alike. */
const KEYS: Readonly<Record<QueryLevel, readonly string[]>> = {
  PATIENT: [
    ...patientAttributes,
    ...Object.keys(sequenceAttributes),
    'NumberOfPatientRelatedStudies',
    'NumberOfPatientRelatedSeries',
    'NumberOfPatientRelatedInstances',
  ],
  STUDY: [
    ...studyAttributes,
    'ModalitiesInStudy',
    'SOPClassesInStudy',
    'NumberOfStudyRelatedSeries',
    'NumberOfStudyRelatedInstances',
  ],
  SERIES: [...seriesAttributes, 'NumberOfSeriesRelatedInstances'],
  IMAGE: [...instanceAttributes, 'AvailableTransferSyntaxUID'],
}

const levelOf = new Map<string, QueryLevel>(
  QUERY_LEVELS.flatMap((level) => KEYS[level].map((keyword): [string, QueryLevel] => [keyword, level])),
)

export function levelOfKey(keyword: string): QueryLevel | undefined {
  return levelOf.get(keyword)
}

/** A key of the level of the query or of one above it; keys of lower levels say nothing of what is asked for. */
export function supportsKey(keyword: string, level: QueryLevel): boolean {
  const own = levelOf.get(keyword)
  return own !== undefined && QUERY_LEVELS.indexOf(own) <= QUERY_LEVELS.indexOf(level)
}

export function isSequence(keyword: string): boolean {
  return Object.hasOwn(sequenceAttributes, keyword)
}

/** For the conformance statement. */
export function keysOfLevel(level: QueryLevel): readonly string[] {
  return KEYS[level]
}
