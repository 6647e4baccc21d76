/** How hard a symbol is to read, by the four rules of ISO/IEC 18004 7.8.3. */
export function penalty(dark: readonly (readonly boolean[])[]): number {
  const lines = [...dark, ...dark.map((_, x) => dark.map((row) => row[x] ?? false))]
  return lines.reduce((sum, line) => sum + runs(line) + finders(line), 0) + squares(dark) + balance(dark)
}

function runs(line: readonly boolean[]): number {
  let score = 0
  let length = 1
  for (let at = 1; at <= line.length; at += 1) {
    if (at < line.length && line[at] === line[at - 1]) length += 1
    else {
      if (length >= 5) score += length - 2
      length = 1
    }
  }
  return score
}

/** What looks like a finder: 1:1:3:1:1 with four light modules on a side. */
function finders(line: readonly boolean[]): number {
  const text = line.map((module) => (module ? '1' : '0')).join('')
  const count = (pattern: string) => {
    let found = 0
    for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) found += 1
    return found
  }
  return 40 * (count('10111010000') + count('00001011101'))
}

function squares(dark: readonly (readonly boolean[])[]): number {
  let score = 0
  for (let y = 0; y + 1 < dark.length; y += 1)
    for (let x = 0; x + 1 < dark.length; x += 1) {
      const corner = dark[y]?.[x]
      if (dark[y]?.[x + 1] === corner && dark[y + 1]?.[x] === corner && dark[y + 1]?.[x + 1] === corner) score += 3
    }
  return score
}

function balance(dark: readonly (readonly boolean[])[]): number {
  const total = dark.length * dark.length
  const count = dark.reduce((sum, row) => sum + row.filter(Boolean).length, 0)
  return 10 * Math.max(0, Math.ceil(Math.abs(count * 20 - total * 10) / total) - 1)
}
