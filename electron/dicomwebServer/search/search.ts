import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import { isSequence } from '#electron/archive/queryRetrieve/keys.ts'
import type { Query, QueryKey } from '#electron/archive/queryRetrieve/query.ts'
import { jsonOfAttributes } from '#electron/dicomJson/jsonOfAttributes.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { AttributeSet } from '#shared/dicom/attributeSet.ts'
import { jsonType } from '../http/accept.ts'
import { type Answer, type Asked, warning } from '../http/answer.ts'
import type { Target } from '../http/route.ts'
import { resourceUrl } from '../resourceUrl.ts'
import { type SearchLevel, searchParameters } from './searchParameters.ts'

/** Held until it is known whether there is more, which a header in front of it has to say. */
const ANSWER_LENGTH_MAX = 8 * 1024 * 1024

const MORE = 'The number of results exceeded what this answer holds. There are additional results: ask with offset.'

const UIDS = ['StudyInstanceUID', 'SeriesInstanceUID', 'SOPInstanceUID'] as const

/** Always given (PS3.18 Tables 10.6.3-3 to 10.6.3-5), as far as the index has it. */
const STUDY = [
  'StudyDate',
  'StudyTime',
  'AccessionNumber',
  'ModalitiesInStudy',
  'ReferringPhysicianName',
  'StudyDescription',
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'StudyInstanceUID',
  'StudyID',
  'NumberOfStudyRelatedSeries',
  'NumberOfStudyRelatedInstances',
]
const SERIES = [
  'Modality',
  'SeriesDescription',
  'SeriesInstanceUID',
  'SeriesNumber',
  'NumberOfSeriesRelatedInstances',
  'PerformedProcedureStepStartDate',
  'PerformedProcedureStepStartTime',
]
const IMAGE = [
  'SOPClassUID',
  'SOPInstanceUID',
  'AvailableTransferSyntaxUID',
  'InstanceNumber',
  'NumberOfFrames',
  'Rows',
  'Columns',
  'BitsAllocated',
]

/** QIDO-RS (PS3.18 10.6): studies, series or instances, from the same index that answers C-FIND. */
export async function search(
  archive: Pick<Remote<ArchiveReaderApi>, 'query'>,
  asked: Asked,
  level: SearchLevel,
  target: Target,
): Promise<Answer> {
  const type = jsonType(asked.accept)
  const { matching, include, limit, offset, warnings } = searchParameters(asked.query, level)
  const keys = keysOf(matching, [...alwaysGiven(level, target), ...include], target)
  const query: Query = { level, keys, combinedDateTime: true }
  const given = keys.map(({ keyword }) => keyword)
  const results: string[] = []
  let length = 0
  let skipped = 0
  let isMore = false
  const pages = limit === 0 ? [] : archive.query(query, asked.signal)
  collect: for await (const page of pages) {
    for (const values of page) {
      if (skipped < offset) {
        skipped += 1
        continue
      }
      isMore = results.length >= limit || length > ANSWER_LENGTH_MAX
      if (isMore) break collect
      const result = resultOf(given, values, level, asked.base)
      results.push(result)
      length += result.length
    }
  }
  if (isMore) warnings.push(MORE)
  return { status: 200, headers: { 'content-type': type, ...warning(warnings) }, body: `[${results.join(',')}]` }
}

/** A search across studies says to what each result belongs (PS3.18 10.6.3.3). */
function alwaysGiven(level: SearchLevel, { study, series }: Target): string[] {
  if (level === 'STUDY') return STUDY
  const above = study === undefined ? STUDY : ['StudyInstanceUID']
  if (level === 'SERIES') return [...above, ...SERIES]
  return [...above, ...(series === undefined ? SERIES : ['SeriesInstanceUID', 'Modality']), ...IMAGE]
}

/** One key a keyword; the path of the request has the last word on what it names. */
function keysOf(matching: readonly QueryKey[], wanted: readonly string[], { study, series }: Target): QueryKey[] {
  const keys = new Map<string, QueryKey>()
  for (const keyword of wanted) keys.set(keyword, { keyword, value: '', ...(isSequence(keyword) ? { item: [] } : {}) })
  for (const key of matching) keys.set(key.keyword, key)
  if (study !== undefined) keys.set('StudyInstanceUID', { keyword: 'StudyInstanceUID', value: study })
  if (series !== undefined) keys.set('SeriesInstanceUID', { keyword: 'SeriesInstanceUID', value: series })
  return [...keys.values()]
}

function resultOf(given: readonly string[], values: readonly string[], level: SearchLevel, base: string): string {
  const set: AttributeSet = { SpecificCharacterSet: 'ISO_IR 192', InstanceAvailability: 'ONLINE' }
  for (const [at, keyword] of given.entries()) {
    const value = values[at] ?? ''
    set[keyword] = isSequence(keyword) ? (JSON.parse(value || '[]') as AttributeSet[]) : value
  }
  const uids = UIDS.slice(0, { STUDY: 1, SERIES: 2, IMAGE: 3 }[level]).map((keyword) => String(set[keyword] ?? ''))
  set.RetrieveURL = resourceUrl(base, uids)
  return JSON.stringify(jsonOfAttributes(set))
}
