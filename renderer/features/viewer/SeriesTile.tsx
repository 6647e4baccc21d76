import { ImageOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import { showFailure } from '../../app/showFailure.ts'
import { dragText, seriesDragType } from '../../viewer/dragSeries.ts'
import { joinStudies } from '../../viewer/earlierStudies.ts'
import { openSeries } from '../../viewer/openSeries.ts'
import { playClips } from '../../viewer/playClips.ts'
import { tiles, useSession } from '../../viewer/session.ts'
import { seriesTitle } from './overlayText.ts'
import css from './SeriesRail.module.css'

interface SeriesTileProps {
  study: StudyRow
  series: SeriesRow
  setKey?: string
  thumbnailInstanceId: number | null
  count: number
}

export function SeriesTile({ study, series, setKey, thumbnailInstanceId, count }: SeriesTileProps) {
  const shown = useIsShown(setKey ?? String(series.seriesId), setKey !== undefined)
  const [failed, setFailed] = useState(false)
  const title = seriesTitle(series)
  const choose = setKey === undefined ? {} : { setKey }
  return (
    <button
      type="button"
      className={css.series}
      data-shown={shown}
      title={title}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'copy'
        event.dataTransfer.setData(seriesDragType, dragText(study.studyId, series.seriesId, setKey))
      }}
      onClick={() => void show(study, series, choose).catch(showFailure)}
    >
      <span className={css.picture}>
        {thumbnailInstanceId === null || failed ? (
          <ImageOff size={20} strokeWidth={1.5} aria-hidden="true" />
        ) : (
          <img src={`data/thumbnail/${thumbnailInstanceId}`} alt="" draggable={false} onError={() => setFailed(true)} />
        )}
        <span className={css.modality}>{series.modality}</span> <span className={css.count}>{count}</span>{' '}
        <span className="visuallyHidden">{count === 1 ? 'image' : 'images'}</span>
      </span>
      <span className={css.title}>{title}</span>
    </button>
  )
}

async function show(study: StudyRow, series: SeriesRow, choose: { setKey?: string }): Promise<void> {
  const { active } = useSession.getState()
  await openSeries(active, study, series, choose)
  playClips([active])
  await joinStudies([study.studyId])
}

/** Whether any tile of the layout shows it. */
function useIsShown(key: string, bySet: boolean): boolean {
  const visible = useSession(({ layout }) => layout.rows * layout.columns)
  const read = () =>
    tiles
      .slice(0, visible)
      .some(({ state: { source } }) =>
        bySet ? source?.set.key === key : source !== undefined && String(source.series.seriesId) === key,
      )
  const [shown, setShown] = useState(read)
  useEffect(() => {
    const update = () => setShown(read())
    update()
    const stops = tiles.map((tile) => tile.store.subscribe(update))
    return () => {
      for (const stop of stops) stop()
    }
  })
  return shown
}
