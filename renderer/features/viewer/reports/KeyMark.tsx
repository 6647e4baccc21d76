import { Star } from 'lucide-react'
import { useMeasurements } from '../../../viewer/measurements.ts'
import { useReports } from '../../../viewer/reports.ts'
import type { Tile } from '../../../viewer/tile.ts'
import { useTile } from '../useTile.ts'
import css from './Reports.module.css'

/** Stands on a picture that somebody marked as key image, here or in a document of the study. */
export function KeyMark({ tile }: { tile: Tile }) {
  const item = useTile(tile, ({ stack, index }) => stack[index])
  const marked = useMeasurements(({ items }) =>
    items.some(
      ({ kind, instanceId, frame }) => kind === 'keyImage' && instanceId === item?.instanceId && frame === item.frame,
    ),
  )
  const written = useReports(({ reports }) =>
    reports.some(({ keyImages }) =>
      keyImages.some(({ instanceId, frame }) => instanceId === item?.instanceId && frame === item.frame),
    ),
  )
  if (!marked && !written) return null
  return (
    <span className={css.mark}>
      <Star size={14} strokeWidth={1.75} fill={marked ? 'currentColor' : 'none'} aria-hidden="true" />
      Key image{marked ? '' : ' of a document'}
    </span>
  )
}
