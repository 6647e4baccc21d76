import { useQuery } from '@tanstack/react-query'
import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import { formatDate } from '#shared/dicom/dateTime.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { isSplit, setsOf } from '../../viewer/openSeries.ts'
import { patientName } from './overlayText.ts'
import css from './SeriesRail.module.css'
import { SeriesTile } from './SeriesTile.tsx'

/** The series of every open study; click or drag one into a tile. */
export function SeriesRail({ studies }: { studies: readonly StudyRow[] }) {
  const patients = new Set(studies.map((study) => `${study.patientId}\n${study.patientName}`))
  return (
    <nav className={css.rail} aria-label="Series" data-region="">
      {studies.map((study) => (
        <section key={study.studyId} aria-label={`${patientName(study)}, ${formatDate(study.studyDate)}`}>
          <h2 className={css.study}>
            {patients.size > 1 && <b>{patientName(study)}</b>}
            {formatDate(study.studyDate) || 'No date'}
          </h2>
          <StudySeries study={study} />
        </section>
      ))}
    </nav>
  )
}

function StudySeries({ study }: { study: StudyRow }) {
  const { data } = useQueryOperation('studies', 'series', { studyId: study.studyId })
  return data?.map((series) =>
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
