import { useQueries } from '@tanstack/react-query'
import type { SeriesRow } from '#shared/contract/studies.ts'
import { callQuery } from '../../api/useQueryOperation.ts'
import { type Measurement, useMeasurements } from '../../viewer/measurements.ts'
import { tileAt, useSession } from '../../viewer/session.ts'
import { MeasurementRow } from './MeasurementRow.tsx'
import { seriesTitle } from './overlayText.ts'
import css from './SidePanel.module.css'
import { measuringTools } from './toolEntries.ts'
import { useTile } from './useTile.ts'

/** Everything that was measured in the open studies, the series of the active tile first. */
export function MeasurementList() {
  const tile = tileAt(useSession((state) => state.active))
  const source = useTile(tile, (state) => state.source)
  const items = useMeasurements((state) => state.items)
  const series = useOpenSeries()
  const here = source?.series.seriesId
  const own = items.filter(({ seriesId }) => seriesId === here)
  const others = [...new Set(items.map(({ seriesId }) => seriesId))].filter(
    (seriesId) => seriesId !== here && series.has(seriesId),
  )
  return (
    <section>
      <Group title={source ? `Measured in ${seriesTitle(source.series)}` : 'Measurements'} items={own} />
      {own.length === 0 && (
        <p className={css.hint}>
          Nothing measured yet.{' '}
          {measuringTools.map(({ tool, label, keyHint }) => (
            <span key={tool}>
              <kbd>{keyHint}</kbd> {label.toLowerCase()}
            </span>
          ))}
        </p>
      )}
      {others.map((seriesId) => {
        const row = series.get(seriesId)
        const inSeries = items.filter((item) => item.seriesId === seriesId)
        return row && <Group key={seriesId} title={seriesTitle(row)} items={inSeries} />
      })}
    </section>
  )
}

function Group({ title, items }: { title: string; items: readonly Measurement[] }) {
  const selected = useMeasurements((state) => state.selected)
  return (
    <>
      <h2 className={css.heading}>
        <span>{title}</span>
        <span>{items.length}</span>
      </h2>
      <ul>
        {items.map((item) => (
          <MeasurementRow key={item.id} item={item} chosen={item.id === selected} />
        ))}
      </ul>
    </>
  )
}

function useOpenSeries(): ReadonlyMap<number, SeriesRow> {
  const studyIds = useSession((state) => state.studyIds)
  const answers = useQueries({
    queries: studyIds.map((studyId) => ({
      queryKey: ['studies', 'series', { studyId }],
      queryFn: ({ signal }: { signal: AbortSignal }) => callQuery('studies', 'series', { studyId }, signal),
    })),
  })
  return new Map(answers.flatMap(({ data }) => data ?? []).map((row) => [row.seriesId, row]))
}
