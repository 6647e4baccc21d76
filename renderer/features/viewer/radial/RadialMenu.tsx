import { useEffect, useRef, useState } from 'react'
import { useViewerPreferences } from '../../../api/workstation.ts'
import { useKeyOf } from '../habits/keyOf.ts'
import type { ViewerCommand } from '../viewerCommands.ts'
import css from './RadialMenu.module.css'
import { radialEntry, radialPlaces } from './radialEntries.ts'
import { closeRadial, useRadial } from './shownRadial.ts'

/** What has to fit around the pointer, in CSS pixels. */
const ROOM = 158

/** Commands around the pointer. A second click, Esc or Tab closes it; arrows go round. */
export function RadialMenu({ commands }: { commands: readonly ViewerCommand[] }) {
  const place = useRadial((state) => state.place)
  const chosen = useViewerPreferences()?.radialMenu
  if (!place || !chosen) return null
  const entries = chosen.flatMap((name, at) => {
    const command = commands.find((each) => each.command === name)
    return command ? [{ ...command, at }] : []
  })
  return <Ring key={`${place.x} ${place.y}`} x={place.x} y={place.y} entries={entries} />
}

interface RingProps {
  x: number
  y: number
  entries: readonly (ViewerCommand & { at: number })[]
}

function Ring({ x, y, entries }: RingProps) {
  const ring = useRef<HTMLDivElement>(null)
  const [pointed, setPointed] = useState(0)
  const keyOf = useKeyOf()
  const focus = (index: number) => {
    const buttons = [...(ring.current?.querySelectorAll('button') ?? [])]
    buttons.at(index % Math.max(1, buttons.length))?.focus()
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    if (entries.length > 0) focus(0)
    else ring.current?.focus()
  }, [])
  useEffect(() => {
    const outside = (event: Event) => {
      if (!(event.target instanceof Node && ring.current?.contains(event.target))) closeRadial()
    }
    window.addEventListener('pointerdown', outside, { capture: true })
    window.addEventListener('wheel', closeRadial, { capture: true })
    window.addEventListener('resize', closeRadial)
    return () => {
      window.removeEventListener('pointerdown', outside, { capture: true })
      window.removeEventListener('wheel', closeRadial, { capture: true })
      window.removeEventListener('resize', closeRadial)
    }
  }, [])
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step !== undefined) focus(pointed + step)
    else if (event.key === 'Home') focus(0)
    else if (event.key === 'End') focus(-1)
    else if (event.key === 'Escape' || event.key === 'Tab') closeRadial()
    else return
    event.preventDefault()
  }
  const at = (value: number, size: number) => Math.max(ROOM, Math.min(size - ROOM, value))
  const current = entries[pointed]
  return (
    <div
      ref={ring}
      role="menu"
      tabIndex={-1}
      aria-label="Tools around the pointer"
      className={css.ring}
      style={{ left: at(x, window.innerWidth), top: at(y, window.innerHeight) }}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      <span className={css.centre} aria-hidden="true">
        {current ? current.label : 'Nothing is chosen for this menu'}
        {current && <kbd>{keyOf(current.command, current.keys)}</kbd>}
      </span>
      {entries.map(({ command, label, run, at: turn }, index) => {
        const { x: right = 0, y: down = 0 } = radialPlaces[turn] ?? {}
        const { icon: Icon, short } = radialEntry(command) ?? {}
        return (
          <button
            key={turn}
            type="button"
            role="menuitem"
            aria-label={label}
            tabIndex={-1}
            className={css.entry}
            style={{ left: `calc(50% + ${right}px)`, top: `calc(50% + ${down}px)` }}
            onFocus={() => setPointed(index)}
            onPointerEnter={({ currentTarget }) => currentTarget.focus()}
            onClick={() => {
              closeRadial()
              run()
            }}
          >
            {Icon && <Icon size={18} strokeWidth={1.75} aria-hidden="true" />}
            <span>{short ?? label}</span>
          </button>
        )
      })}
    </div>
  )
}
