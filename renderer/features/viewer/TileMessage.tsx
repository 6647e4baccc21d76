import { ImageOff, Tags } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { sopClassName } from '#shared/dicom/sopClass.ts'
import { isVideo, transferSyntaxName } from '#shared/dicom/transferSyntax.ts'
import { Button } from '../../ui/Button.tsx'
import type { Tile } from '../../viewer/tile.ts'
import { SaveLinks } from './SaveLinks.tsx'
import { showTags } from './shownTags.ts'
import css from './TileMessage.module.css'
import { useTileParts } from './useTile.ts'
import { VideoPlayer } from './VideoPlayer.tsx'

/** In place of the pixels: what is loading, or why there is no picture, with what the file is (R168). */
export function TileMessage({ tile }: { tile: Tile }) {
  const { status, message, canRetry, index, stack, total } = useTileParts(
    tile,
    ({ status, message, canRetry, index, stack, source }) => {
      return { status, message, canRetry, index, stack, total: source?.total ?? stack.length }
    },
  )
  const item = stack[index]
  const late = useLate(status === 'loading', item)
  const [problem, setProblem] = useState<{ instanceId: number; sentence: string }>()
  const shownId = item?.instanceId ?? 0
  const onProblem = useCallback((sentence: string) => setProblem({ instanceId: shownId, sentence }), [shownId])
  if (status === 'loading' && late && !item?.image.reformat) {
    return (
      <div className={css.loading} role="status">
        Loading image {index + 1} of {total}
      </div>
    )
  }
  if (status !== 'message' || !item) return null
  const refused = problem?.instanceId === item.instanceId ? problem.sentence : undefined
  if (isVideo(item.image.transferSyntaxUID) && refused === undefined)
    return <VideoPlayer key={item.instanceId} instanceId={item.instanceId} image={item.image} onProblem={onProblem} />
  return (
    <div className={css.message} role="alert">
      <ImageOff size={20} strokeWidth={1.5} aria-hidden="true" />
      <p>{refused ?? sentences(message)}</p>
      <dl>
        <dt>SOP class</dt>
        <dd>{sopClassName(item.image.sopClassUID)}</dd>
        <dt>Transfer syntax</dt>
        <dd>{transferSyntaxName(item.image.transferSyntaxUID)}</dd>
        <dt>Photometric interpretation</dt>
        <dd>{item.image.photometricInterpretation || 'not given'}</dd>
      </dl>
      <div className={css.actions}>
        {canRetry && (
          <Button size="small" onClick={() => tile.retry()}>
            Try again
          </Button>
        )}
        <Button size="small" icon={Tags} onClick={() => showTags(item.instanceId)}>
          All tags
        </Button>
        <SaveLinks item={item} />
      </div>
    </div>
  )
}

/** The host's sentence names the same facts, for lists and logs; here they stand below it. */
function sentences(message: string): string {
  return message.split(' SOP class: ')[0] ?? message
}

/** True 120 ms after it began, counted anew for each item: what is faster needs no words. */
function useLate(waiting: boolean, item: unknown): boolean {
  const [late, setLate] = useState<unknown>()
  useEffect(() => {
    if (!waiting) return
    const timer = setTimeout(() => setLate(item), 120)
    return () => clearTimeout(timer)
  }, [waiting, item])
  return waiting && late === item
}
