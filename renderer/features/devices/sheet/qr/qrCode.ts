import { codewords, versionFor } from './codewords.ts'
import { penalty } from './penalty.ts'

/** Rows of modules, true where dark. */
export type QrCode = readonly (readonly boolean[])[]

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

/** ISO/IEC 18004, byte mode, level M, up to version 10 (213 bytes); undefined for a longer text. */
export function qrCode(text: string): QrCode | undefined {
  const bytes = new TextEncoder().encode(text)
  const version = versionFor(bytes)
  if (version === undefined) return undefined
  const words = codewords(bytes, version)
  const drawn = MASKS.map((_, mask) => draw(version, words, mask))
  return drawn.toSorted((a, b) => penalty(a) - penalty(b))[0]
}

function draw(version: number, words: readonly number[], mask: number): boolean[][] {
  const size = version * 4 + 17
  const dark = Array.from({ length: size }, () => new Array<boolean>(size).fill(false))
  const isFixed = Array.from({ length: size }, () => new Array<boolean>(size).fill(false))
  const set = (x: number, y: number, value: boolean) => {
    const [row, fixedRow] = [dark[y], isFixed[y]]
    if (!row || !fixedRow || x < 0 || x >= size) return
    row[x] = value
    fixedRow[x] = true
  }
  drawFinders(size, set)
  drawAlignment(version, size, isFixed, set)
  drawFormat(size, mask, set)
  drawVersion(version, size, set)
  place(words, size, isFixed, (x, y, bit) => {
    const row = dark[y]
    if (row) row[x] = bit !== (MASKS[mask]?.(x, y) ?? false)
  })
  return dark
}

type Set = (x: number, y: number, value: boolean) => void

function drawFinders(size: number, set: Set): void {
  for (let at = 0; at < size; at += 1) {
    set(6, at, at % 2 === 0)
    set(at, 6, at % 2 === 0)
  }
  for (const [cx, cy] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    for (let dy = -4; dy <= 4; dy += 1)
      for (let dx = -4; dx <= 4; dx += 1) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy))
        set(cx + dx, cy + dy, ring !== 2 && ring !== 4)
      }
}

function drawAlignment(version: number, size: number, isFixed: readonly (readonly boolean[])[], set: Set): void {
  if (version === 1) return
  const count = Math.floor(version / 7) + 2
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2
  const places = [6, ...Array.from({ length: count - 1 }, (_, at) => size - 7 - (count - 2 - at) * step)]
  for (const cy of places)
    for (const cx of places) {
      const isAtFinder = (cx === 6 && (cy === 6 || cy === size - 7)) || (cy === 6 && cx === size - 7)
      if (isAtFinder || (isFixed[cy]?.[cx] && cx !== 6 && cy !== 6)) continue
      for (let dy = -2; dy <= 2; dy += 1)
        for (let dx = -2; dx <= 2; dx += 1) set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1)
    }
}

function drawFormat(size: number, mask: number, set: Set): void {
  // Level M is 00 in the format bits.
  let rest = mask
  for (let step = 0; step < 10; step += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537)
  const bits = ((mask << 10) | rest) ^ 0x5412
  const bit = (at: number) => ((bits >>> at) & 1) !== 0
  for (let at = 0; at <= 5; at += 1) set(8, at, bit(at))
  set(8, 7, bit(6))
  set(8, 8, bit(7))
  set(7, 8, bit(8))
  for (let at = 9; at < 15; at += 1) set(14 - at, 8, bit(at))
  for (let at = 0; at < 8; at += 1) set(size - 1 - at, 8, bit(at))
  for (let at = 8; at < 15; at += 1) set(8, size - 15 + at, bit(at))
  set(8, size - 8, true)
}

function drawVersion(version: number, size: number, set: Set): void {
  if (version < 7) return
  let rest = version
  for (let step = 0; step < 12; step += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25)
  const bits = (version << 12) | rest
  for (let at = 0; at < 18; at += 1) {
    const value = ((bits >>> at) & 1) !== 0
    const [a, b] = [size - 11 + (at % 3), Math.floor(at / 3)]
    set(a, b, value)
    set(b, a, value)
  }
}

/** Two columns at a time, from the right, up and down in turn. */
function place(
  words: readonly number[],
  size: number,
  isFixed: readonly (readonly boolean[])[],
  put: (x: number, y: number, bit: boolean) => void,
): void {
  let at = 0
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step += 1)
      for (const x of [right, right - 1]) {
        const y = ((right + 1) & 2) === 0 ? size - 1 - step : step
        if (isFixed[y]?.[x]) continue
        put(x, y, (((words[at >>> 3] ?? 0) >>> (7 - (at & 7))) & 1) !== 0)
        at += 1
      }
  }
}
