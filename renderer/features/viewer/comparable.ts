import { activeTile, tiles, useSession } from '../../viewer/session.ts'
import { seriesTitle } from './overlayText.ts'

/** Images that stand beside the one whose tags are shown: in other tiles, and before and after it in its stack. */
export function comparable(instanceId: number): { instanceId: number; label: string }[] {
  const { rows, columns } = useSession.getState().layout
  const found = new Map<number, string>()
  const add = (id: number | undefined, label: string) => {
    if (id !== undefined && id > 0 && id !== instanceId && !found.has(id)) found.set(id, label)
  }
  const { stack, index } = activeTile().state
  add(stack[index - 1]?.instanceId, 'the previous image')
  add(stack[index + 1]?.instanceId, 'the next image')
  for (const [position, tile] of tiles.slice(0, rows * columns).entries()) {
    const { source } = tile.state
    if (source) add(tile.current?.instanceId, `tile ${position + 1}, ${seriesTitle(source.series)}`)
  }
  return [...found].map(([id, label]) => ({ instanceId: id, label }))
}
