import { expect, test } from 'vitest'
import { minus, type Vector3 } from '#shared/imaging/vector.ts'
import { along, COLUMNS, phantom, ROWS, volumeOf } from '#shared/imaging/volumeFixture.ts'
import type { CastJob, CastPart } from './castMessage.ts'
import { CastQueue } from './castQueue.ts'
import { castVolume } from './castVolume.ts'
import { stopsOf } from './transfer.ts'
import { facings, forwardOf, turnedBy } from './viewPoint.ts'

const CENTRE: Vector3 = [10, 8, 14]
const RADIUS = 5
const ball = (place: Vector3) => (Math.hypot(...minus(place, CENTRE)) < RADIUS ? 1200 : -1000)

function volume(positions = along(30, (at): Vector3 => [0, 0, at])) {
  const { geometry, slices } = volumeOf(phantom({ positions, value: ball }))
  return { geometry, made: castVolume(geometry, slices, { slope: 1, intercept: 0, whole: true }) }
}

const SIDE = 120
const MM = 0.2

function job(part: Partial<CastJob> = {}): CastJob {
  const facing = facings.front
  return {
    ...{ turn: 1, width: SIDE, height: SIDE, crop: { low: [0, 0, 0], high: [1, 1, 1] }, mip: undefined },
    view: { ...facing, forward: forwardOf(facing), middle: CENTRE, mmPerPixel: MM },
    stops: stopsOf('bone', 'HU', { center: 40, width: 400 }),
    ...part,
  }
}

const turnOfLoop = () => new Promise<void>((resolve) => setTimeout(resolve))

/** All parts until the picture of this turn is whole. */
async function drawn(asked: readonly CastJob[], of = volume()): Promise<CastPart[]> {
  const parts: CastPart[] = []
  const queue = new CastQueue((part) => parts.push(part), turnOfLoop)
  for (const each of asked) queue.ask(each)
  queue.begin(of.made, of.geometry, { place: 0, of: 1 })
  const { turn } = asked.at(-1) ?? { turn: 0 }
  while (!parts.some((part) => part.turn === turn && !part.coarse && part.isLast)) await turnOfLoop()
  return parts
}

function whole(parts: readonly CastPart[]): Uint32Array {
  const pixels = new Uint32Array(SIDE * SIDE)
  for (const part of parts) if (!part.coarse) pixels.set(part.pixels, part.fromRow * SIDE)
  return pixels
}

const isLit = (pixel: number | undefined) => ((pixel ?? 0) & 0xff) > 12

function extent(pixels: Uint32Array) {
  const lit = [...pixels.keys()].filter((at) => isLit(pixels[at]))
  const columns = lit.map((at) => at % SIDE)
  const rows = lit.map((at) => Math.floor(at / SIDE))
  const size = (of: readonly number[]) => (Math.max(...of) - Math.min(...of) + 1) * MM
  return { lit: lit.length, across: size(columns), down: size(rows) }
}

test('a ball of 10 mm is as wide and as high from every side, in the middle of the picture', async () => {
  for (const facing of [facings.front, facings.left, facings.head, turnedBy(facings.front, 0.7, -0.4)]) {
    const view = { ...facing, forward: forwardOf(facing), middle: CENTRE, mmPerPixel: MM }
    const pixels = whole(await drawn([job({ view })]))
    const { across, down } = extent(pixels)
    expect(Math.abs(across - 2 * RADIUS)).toBeLessThan(1.2)
    expect(Math.abs(down - 2 * RADIUS)).toBeLessThan(1.2)
    expect(isLit(pixels[(SIDE / 2) * SIDE + SIDE / 2])).toBe(true)
    expect(isLit(pixels[0])).toBe(false)
  }
})

test('the brightest values have the grey of the window', async () => {
  const pixels = whole(await drawn([job({ mip: { center: 1200, width: 400 }, stops: [] })]))
  expect((pixels[(SIDE / 2) * SIDE + SIDE / 2] ?? 0) & 0xff).toBe(128)
  expect((pixels[5] ?? 0) & 0xff).toBe(0)
})

test('what is cropped is gone', async () => {
  const all = extent(whole(await drawn([job()])))
  // From the front, half of the columns stay: those to the right of the patient.
  const share = (CENTRE[0] / ((COLUMNS - 1) * 0.7)) as number
  const half = extent(whole(await drawn([job({ crop: { low: [0, 0, 0], high: [share, 1, 1] } })])))
  expect(Math.abs(half.across - RADIUS)).toBeLessThan(0.8)
  expect(half.down).toBeCloseTo(all.down, 0)
  const none = extent(whole(await drawn([job({ crop: { low: [0, 0, 0], high: [0.1, 1, 1] } })])))
  expect(none.lit).toBe(0)
})

test('slices at uneven distances are put where they lie', async () => {
  const depths = [0, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24, 26, 28]
  const { made, geometry } = volume(depths.map((z): Vector3 => [0, 0, z]))
  expect(made.slices).toBe(depths.length)
  expect(made.values.length).toBe(COLUMNS * ROWS * depths.length)
  const { across, down } = extent(whole(await drawn([job()], { made, geometry })))
  expect(Math.abs(across - 2 * RADIUS)).toBeLessThan(1.4)
  expect(Math.abs(down - 2 * RADIUS)).toBeLessThan(1.4)
})

test('of many pictures the newest is drawn, coarse first', async () => {
  const parts = await drawn([1, 2, 3, 4].map((turn) => job({ turn })))
  expect(new Set(parts.map(({ turn }) => turn))).toEqual(new Set([4]))
  const firstFine = parts.findIndex(({ coarse }) => !coarse)
  expect(firstFine).toBeGreaterThan(0)
  expect(parts.slice(firstFine).every(({ coarse }) => !coarse)).toBe(true)
  expect(parts[0]?.width).toBe(SIDE / 3)
})

test('workers that share a picture draw each row once', async () => {
  const { made, geometry } = volume()
  const rows: number[] = []
  for (const place of [0, 1, 2]) {
    const parts: CastPart[] = []
    const queue = new CastQueue((part) => parts.push(part), turnOfLoop)
    queue.ask(job())
    queue.begin(made, geometry, { place, of: 3 })
    while (!parts.some(({ coarse, isLast }) => !coarse && isLast)) await turnOfLoop()
    for (const { coarse, fromRow, pixels } of parts)
      if (!coarse) for (let row = 0; row < pixels.length / SIDE; row++) rows.push(fromRow + row)
  }
  expect(rows.sort((a, b) => a - b)).toEqual(Array.from({ length: SIDE }, (_, row) => row))
})
