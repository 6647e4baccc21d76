import { useQuery } from '@tanstack/react-query'
import type { StudyRow } from '#shared/contract/studies.ts'
import { formatDate } from '#shared/dicom/dateTime.ts'
import { measurementText } from '#shared/imaging/measurementText.ts'
import { callQuery } from '../../../api/useQueryOperation.ts'
import { fetchEarlier } from '../../../viewer/fetchStudies.ts'
import type { Measurement } from '../../../viewer/measurements.ts'
import { isSurely } from '../../../viewer/patientsShown.ts'
import { tiles } from '../../../viewer/session.ts'
import css from './Animals.module.css'

const MOST = 12

/** The same measure in earlier studies of this animal, the newest first. */
export function Trend({ item }: { item: Measurement }) {
  const study = tiles.find(({ state }) => state.source?.series.seriesId === item.seriesId)?.state.source?.study
  const { data } = useQuery({
    queryKey: ['studies', 'trend', study?.studyId, item.kind],
    // What was measured in them may have changed since.
    staleTime: 0,
    queryFn: () => (study ? trendOf(study, item.kind) : []),
    enabled: study !== undefined,
  })
  if (!data || data.length === 0) return null
  return (
    <div className={css.trend}>
      {data.map(({ date, value }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one row a study, in order
        <div key={at}>
          <span>{formatDate(date) || 'No date'}</span>
          <span>{value}</span>
        </div>
      ))}
    </div>
  )
}

/** Of this animal for sure: a value of another one is worse than none. */
async function trendOf(own: StudyRow, kind: Measurement['kind']): Promise<{ date: string; value: string }[]> {
  const studies = (await fetchEarlier(own.studyId)).filter((each) => isSurely(own, each)).slice(0, MOST)
  const found = await Promise.all(
    studies.map(async (study) => {
      const kept = await callQuery('measurements', 'list', { studyIds: [study.studyId] })
      const last = kept.findLast((each) => each.kind === kind)
      return last ? [{ date: study.studyDate, value: measurementText(last.measured).value }] : []
    }),
  )
  return found.flat()
}
