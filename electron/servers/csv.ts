/** What a spreadsheet would run as a formula: marked as text when written, and taken back when read. */
const FORMULA = /^[=+\-@\t\r]/

/** RFC 4180. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('')
}

function cellOf(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n;']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Comma or semicolon, whichever the first line uses; each row with the number of its first line. Empty lines are left out. */
export function readCsv(text: string): { line: number; cells: string[] }[] {
  const clean = text.replace(/^\uFEFF/, '')
  const [first = ''] = clean.split('\n')
  const separator = first.split(';').length > first.split(',').length ? ';' : ','
  const rows: { line: number; cells: string[] }[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let begunAt = 1
  const endCell = () => {
    cells.push(/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (cells.some((each) => each.trim() !== '')) rows.push({ line: begunAt, cells })
    cells = []
  }
  for (let at = 0; at < clean.length; at += 1) {
    const sign = clean[at] ?? ''
    if (sign === '\n') line += 1
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (clean[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === separator) endCell()
    else if (sign === '\n') {
      endRow()
      begunAt = line
    } else if (sign !== '\r') cell += sign
  }
  endRow()
  return rows
}
