import type { Row, Unit } from './row.ts'

const WIDTHS = [58, 24, 44, 7, 20, 6, 10] as const

function columns(cells: readonly string[]): string {
  return cells.map((cell, index) => cell.padEnd(WIDTHS[index] ?? 0)).join('  ')
}

export const heading = columns(['name', 'ours', 'peer', 'ratio', 'must', '', 'want'])

export function line(row: Row): string {
  const cells = [
    row.name,
    figure(row.ours, row.oursSpread, row.unit),
    row.peerName === '' ? '' : `${figure(row.peer, row.peerSpread, row.unit)} ${row.peerName}`,
    row.ratio === null ? '' : row.ratio.toFixed(2),
    row.target,
    row.pass ? 'ok' : 'MISSED',
    row.want === '' ? '' : `${row.want} ${row.wanted ? 'ok' : 'no'}`,
  ]
  return columns(cells) + (row.note === '' ? '' : `  ${row.note}`)
}

function figure(median: number | null, spread: [number, number] | null, unit: Unit): string {
  if (median === null) return '-'
  const digits = unit === 's' ? 2 : median < 10 ? 1 : 0
  const [least, greatest] = (spread ?? [median, median]).map((value) => value.toFixed(digits))
  return `${median.toFixed(digits)} ${unit} (${least} to ${greatest})`
}
