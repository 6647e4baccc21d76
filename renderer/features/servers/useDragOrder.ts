import { type DragEvent, useCallback, useRef, useState } from 'react'
import { placeServer } from './serverActions.ts'

export interface DropMark {
  serverId: number
  side: 'before' | 'behind'
}

/** R006 by mouse; the arrows and Alt Up, Alt Down do the same. `order`: the servers that can be moved, as they stand. */
export function useDragOrder(order: readonly number[]) {
  const dragged = useRef<number>(undefined)
  const latest = useRef(order)
  latest.current = order
  const [mark, setMark] = useState<DropMark>()
  const onDrag = useCallback((event: DragEvent, serverId: number) => {
    if (event.type === 'dragstart') {
      dragged.current = serverId
      event.dataTransfer.effectAllowed = 'move'
      event.dataTransfer.setData('text/plain', String(serverId))
      return
    }
    const moved = dragged.current
    if (moved === undefined || !latest.current.includes(serverId)) return
    if (event.type === 'dragend') {
      dragged.current = undefined
      setMark(undefined)
      return
    }
    event.preventDefault()
    const box = event.currentTarget.getBoundingClientRect()
    const side = event.clientY < box.top + box.height / 2 ? 'before' : 'behind'
    if (event.type === 'dragover')
      return setMark((now) => (now?.serverId === serverId && now.side === side ? now : { serverId, side }))
    const rest = latest.current.filter((each) => each !== moved)
    const at = rest.indexOf(serverId)
    setMark(undefined)
    dragged.current = undefined
    if (at >= 0) void placeServer(moved, side === 'before' ? at : at + 1)
  }, [])
  return { onDrag, mark }
}
