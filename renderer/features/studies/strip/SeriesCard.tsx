import type { SeriesRow } from '#shared/contract/studies.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import css from './SeriesStrip.module.css'
import { seriesTitle } from './seriesTitle.ts'
import { Thumbnail } from './Thumbnail.tsx'

interface SeriesCardProps {
  series: SeriesRow
  selected: boolean
  onToggle: () => void
  onOpen: () => void
}

export function SeriesCard({ series, selected, onToggle, onOpen }: SeriesCardProps) {
  return (
    <button
      type="button"
      className={css.card}
      aria-pressed={selected}
      onClick={onToggle}
      onDoubleClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        onOpen()
      }}
    >
      <Thumbnail instanceId={series.thumbnailInstanceId} modality={series.modality} className={css.picture} />
      <span className={css.caption}>{seriesTitle(series)}</span>
      <span className={css.count}>{amountText(series)}</span>
    </button>
  )
}

function amountText({ instances, frames, thumbnailInstanceId }: SeriesRow): string {
  if (thumbnailInstanceId === null) return formatCount(instances, 'document')
  if (frames <= instances) return formatCount(instances, 'image')
  return `${formatCount(instances, 'clip')}, ${formatCount(frames, 'frame')}`
}
