import { useQuery } from '@tanstack/react-query'
import { formatDate } from '#shared/dicom/dateTime.ts'
import { measurementText } from '#shared/imaging/measurementText.ts'
import { callQuery } from '../../../api/useQueryOperation.ts'
import { fetchEarlier } from '../../../viewer/fetchStudies.ts'
import type { Measurement } from '../../../viewer/measurements.ts'
import { tiles } from '../../../viewer/session.ts'
import css from './Animals.module.css'

const MOST = 12

/** The same measure in earlier studies of this animal, the newest first. */
export function Trend({ item }: { item: Measurement }) {
  const studyId = tiles.find(({ state }) => state.source?.series.seriesId === item.seriesId)?.state.source?.study
    .studyId
  const { data } = useQuery({
    queryKey: ['studies', 'trend', studyId, item.kind],
    // What was measured in them may have changed since.
    staleTime: 0,
    queryFn: () => trendOf(studyId ?? 0, item.kind),
    enabled: studyId !== undefined,
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

async function trendOf(studyId: number, kind: Measurement['kind']): Promise<{ date: string; value: string }[]> {
  const studies = (await fetchEarlier(studyId)).slice(0, MOST)
  const found = await Promise.all(
    studies.map(async (study) => {
      const kept = await callQuery('measurements', 'list', { studyIds: [study.studyId] })
      const last = kept.findLast((each) => each.kind === kind)
      return last ? [{ date: study.studyDate, value: measurementText(last.measured).value }] : []
    }),
  )
  return found.flat()
}
