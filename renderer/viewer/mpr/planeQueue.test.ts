import { expect, test } from 'vitest'
import { planesAlong, straightDirections } from '#shared/imaging/reformatPlanes.ts'
import { resample, resampleSlab } from '#shared/imaging/resample.ts'
import { along, phantom, volumeOf } from '#shared/imaging/volumeFixture.ts'
import { PlaneQueue } from './planeQueue.ts'
import type { PlaneJob, PlanePicture } from './resampleMessage.ts'

const volume = volumeOf(phantom({ positions: along(40, (at) => [0, 0, at]) }))
const planes = planesAlong(volume.geometry, 'transverse', straightDirections('transverse', false))

/** `side` makes pictures large enough to be worth a first version. */
function job(view: number, frame: number, part: { thickness?: number; side?: number } = {}): PlaneJob {
  const plane = planes.planes[frame]
  if (!plane) throw new RangeError('no such plane')
  const side = part.side ?? 24
  return {
    ...{ view, frame, round: 0, plane, step: planes.step, type: 'float32', outside: Number.NaN },
    size: { rows: side, columns: side, pixel: 0.5 },
    slab: { thickness: part.thickness ?? 0, mode: 'mean' },
  }
}

const turnOfLoop = () => new Promise<void>((resolve) => setTimeout(resolve))

/** Far more turns than the longest of these jobs takes. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await turnOfLoop()
}

function queue() {
  const sent: PlanePicture[] = []
  const made = new PlaneQueue((picture) => sent.push(picture), turnOfLoop)
  return { sent, made }
}

test('a picture is what the volume has at its plane, and waits for the volume', async () => {
  const { sent, made } = queue()
  made.ask(job(1, 12))
  await settled()
  expect(sent).toEqual([])
  made.volume = volume
  await settled()
  const { plane, size } = job(1, 12)
  const expected = new Float32Array(size.rows * size.columns)
  resample(volume, plane, size, Number.NaN, expected)
  expect(sent).toEqual([{ view: 1, frame: 12, round: 0, coarse: false, samples: expected }])
})

test('of many that one view asks for at once only the last is made', async () => {
  const { sent, made } = queue()
  made.volume = volume
  for (let frame = 0; frame < 30; frame++) made.ask(job(1, frame))
  made.ask(job(2, 7))
  await settled()
  expect(sent.map(({ view, frame }) => [view, frame])).toEqual([
    [1, 29],
    [2, 7],
  ])
})

test('a thick slab comes coarse first, its whole is given up for a newer one, and the last one is exact', async () => {
  const { sent, made } = queue()
  made.volume = volume
  const large = { thickness: 10, side: 500 }
  made.ask(job(1, 3, large))
  while (sent.length === 0) await turnOfLoop()
  expect(sent[0]).toMatchObject({ frame: 3, coarse: true })
  made.ask(job(1, 4, large))
  await settled()
  expect(sent.map(({ frame, coarse }) => [frame, coarse])).toEqual([
    [3, true],
    [4, true],
    [4, false],
  ])
  const { plane, size } = job(1, 4, large)
  const expected = new Float32Array(size.rows * size.columns)
  resampleSlab(volume, plane, size, Number.NaN, expected, { mode: 'mean', thickness: 10, step: planes.step })
  expect(sent[2]?.samples).toEqual(expected)
  // The first version shows the same place: the field rises evenly, so that it is a pixel or two away at most.
  const middle = 10 * 500 + 10
  expect(Math.abs((sent[1]?.samples[middle] ?? 0) - (expected[middle] ?? 0))).toBeLessThan(20)
})

test('what lies over the volume is cut along the very same plane', async () => {
  const { sent, made } = queue()
  // Slices further apart, of larger pixels, and it does not reach as far.
  const wide = volumeOf(phantom({ positions: along(8, (at) => [2, 2, 5 * at]), across: 0.9, down: 0.9 }))
  made.volume = volume
  made.over = wide
  made.ask(job(1, 10))
  await settled()
  const { plane, size } = job(1, 10)
  const expected = new Float32Array(size.rows * size.columns)
  resample(wide, plane, size, Number.NaN, expected)
  const over = sent[0]?.over
  expect(over).toEqual(expected)
  // Both fields are one: where both reach they have the same values, elsewhere there is none.
  const inside = 10 * size.columns + 10
  expect(over?.[inside]).toBeCloseTo(sent[0]?.samples[inside] ?? 0, 2)
  expect(over?.[0]).toBeNaN()
})

test('what a view no longer wants is not made', async () => {
  const { sent, made } = queue()
  made.ask(job(1, 3))
  made.forget(1)
  made.volume = volume
  await settled()
  expect(sent).toEqual([])
})
