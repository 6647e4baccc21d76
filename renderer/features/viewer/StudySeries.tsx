import { useQuery } from '@tanstack/react-query'
import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { isSplit, setsOf } from '../../viewer/openSeries.ts'
import { SeriesTile } from './SeriesTile.tsx'

/** Every stack of a study, as tiles of the rail. */
export function StudySeries({ study }: { study: StudyRow }) {
  const { data } = useQueryOperation('studies', 'series', { studyId: study.studyId })
  // What has no picture, as documents and key objects, stands after what is looked at.
  const ordered = data && [...data].sort((a, b) => Number(isWithout(a)) - Number(isWithout(b)))
  return ordered?.map((series) =>
    isSplit(series) ? (
      <SplitSeries key={series.seriesId} study={study} series={series} />
    ) : (
      <SeriesTile
        key={series.seriesId}
        study={study}
        series={series}
        thumbnailInstanceId={series.thumbnailInstanceId}
        count={series.frames}
      />
    ),
  )
}

const isWithout = ({ thumbnailInstanceId }: SeriesRow) => thumbnailInstanceId === null

function SplitSeries({ study, series }: { study: StudyRow; series: SeriesRow }) {
  const { data: sets } = useQuery({
    queryKey: ['studies', 'sets', series.seriesId, series.instances],
    queryFn: () => setsOf(series),
  })
  return sets?.map((set) => (
    <SeriesTile
      key={set.key}
      study={study}
      series={series}
      setKey={set.key}
      thumbnailInstanceId={set.images[0]?.instanceId ?? null}
      count={set.images.reduce((sum, { image }) => sum + image.frames, 0)}
    />
  ))
}
