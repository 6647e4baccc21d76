import { useMemo, useState } from 'react'
import type { Column } from './column.ts'
import { fitColumns } from './fitColumns.ts'

interface Remembered {
  /** Columns whose visibility a person changed. */
  visible: Record<string, boolean>
  widths: Record<string, number>
}

export interface ColumnSettings<Row> {
  columns: readonly Column<Row>[]
  /** The table tells how wide it is. */
  fit(room: number): void
  isVisible(id: string): boolean
  /** Wanted, and not shown: the window is too narrow. */
  hasNoRoom(id: string): boolean
  toggle(id: string): void
  resize(id: string, width: number | undefined): void
  reset(): void
}

const LEAST_WIDTH = 40
const MOST_WIDTH = 800

/** Which columns are shown and how wide; remembered in this browser under `name`. */
export function useColumnSettings<Row>(name: string, all: readonly Column<Row>[]): ColumnSettings<Row> {
  const key = `negatoscope.columns.${name}`
  const [remembered, setRemembered] = useState(() => read(key))
  const [room, setRoom] = useState(0)
  const change = (next: Remembered) => {
    localStorage.setItem(key, JSON.stringify(next))
    setRemembered(next)
  }
  const isVisible = (id: string) => {
    const column = all.find((each) => each.id === id)
    return column?.fixed || (remembered.visible[id] ?? !column?.hiddenAtFirst)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: isVisible reads what is named here
  const fitted = useMemo(() => {
    const shown = new Set(Object.keys(remembered.visible).filter((id) => remembered.visible[id]))
    const wanted = all.filter((column) => isVisible(column.id))
    return fitColumns(wanted, room, { widths: remembered.widths, shown })
  }, [all, remembered, room])
  const hasNoRoom = (id: string) => fitted.dropped.has(id)
  return {
    columns: fitted.columns,
    fit: setRoom,
    isVisible,
    hasNoRoom,
    // What found no room comes by force: other columns give way.
    toggle: (id) =>
      change({ ...remembered, visible: { ...remembered.visible, [id]: hasNoRoom(id) || !isVisible(id) } }),
    resize: (id, width) => {
      const { [id]: _, ...others } = remembered.widths
      const bounded = width === undefined ? undefined : Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, Math.round(width)))
      change({ ...remembered, widths: bounded === undefined ? others : { ...others, [id]: bounded } })
    },
    reset: () => change({ visible: {}, widths: {} }),
  }
}

function read(key: string): Remembered {
  try {
    const { visible, widths } = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Remembered>
    return { visible: visible ?? {}, widths: widths ?? {} }
  } catch {
    return { visible: {}, widths: {} }
  }
}
