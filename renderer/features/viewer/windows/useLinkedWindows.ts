import { tiles, useSession } from '../../../viewer/session.ts'
import { useWindows } from '../../../viewer/windows/windows.ts'
import { useShownStudies } from '../useShownStudies.ts'

/** Numbers of the windows whose stacks scroll with those of this one: by place, in the same frame of reference. */
export function useLinkedWindows(): number[] {
  const { link, layout } = useSession()
  const { others, linked } = useWindows()
  // What is shown changes, and with it the frames of reference.
  useShownStudies()
  if (link !== 'position' || !linked) return []
  const own = new Set(
    tiles.slice(0, layout.rows * layout.columns).flatMap(({ current }) => current?.image.frameOfReferenceUID || []),
  )
  return [...others.values()]
    .filter(({ frames }) => frames.some((frame) => own.has(frame)))
    .map(({ number }) => number)
    .sort((a, b) => a - b)
}
