import { useState } from 'react'
import type { Column } from './column.ts'

interface Remembered {
  /** Columns whose visibility a person changed. */
  visible: Record<string, boolean>
  widths: Record<string, number>
}

export interface ColumnSettings<Row> {
  columns: readonly Column<Row>[]
  isVisible(id: string): boolean
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
  const change = (next: Remembered) => {
    localStorage.setItem(key, JSON.stringify(next))
    setRemembered(next)
  }
  const isVisible = (id: string) => {
    const column = all.find((each) => each.id === id)
    return column?.fixed || (remembered.visible[id] ?? !column?.hiddenAtFirst)
  }
  return {
    columns: all
      .filter((column) => isVisible(column.id))
      .map((column) => {
        const width = remembered.widths[column.id]
        return width === undefined ? column : { ...column, width, flexible: false }
      }),
    isVisible,
    toggle: (id) => change({ ...remembered, visible: { ...remembered.visible, [id]: !isVisible(id) } }),
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
