import { beforeEach, expect, test, vi } from 'vitest'
import type { KeptMeasurement, SavedMeasurement } from '#shared/contract/measurements.ts'
import { keepMeasurements, loadMeasurements, useKeeping } from './keepMeasurements.ts'
import { addMeasurement, amendMeasurement, deleteMeasurement, useMeasurements } from './measurements.ts'
import { connectTo, pictureOf, plainImage } from './measuringFixture.ts'

vi.stubGlobal('window', { addEventListener: () => {} })
keepMeasurements()

const image = plainImage()
const place = { seriesId: 1, setKey: '1' }
const names = () => useMeasurements.getState().items.map(({ name }) => name)

function keptOf(studyId: number): KeptMeasurement {
  return {
    measurementId: crypto.randomUUID(),
    instanceId: studyId,
    seriesId: studyId,
    frames: 1,
    frame: 0,
    kind: 'text',
    points: [[0, 0]],
    name: `of study ${studyId}`,
    hidden: false,
    moved: null,
    knownMm: 0,
    measured: { kind: 'text' },
  }
}

let saved: Map<string, SavedMeasurement>
beforeEach(async () => {
  saved = new Map()
  connectTo({
    measurements: {
      list: async () => [],
      save: async ({ measurements }) => {
        for (const one of measurements) saved.set(one.measurementId, one)
        return { saved: measurements.length }
      },
      remove: async () => ({}),
    },
  })
  await loadMeasurements([99])
  for (const { id } of useMeasurements.getState().items) deleteMeasurement(id, image)
})

function answering() {
  const answers = new Map<number, () => void>()
  const isAsked = (id: number) => vi.waitFor(() => expect(answers.has(id)).toBe(true))
  connectTo({
    measurements: {
      list: ({ studyIds: [id = 0] }) => new Promise((resolve) => answers.set(id, () => resolve([keptOf(id)]))),
    },
  })
  const answer = async (id: number) => {
    await isAsked(id)
    answers.get(id)?.()
  }
  return { isAsked, answer }
}

test('the answer for a study that was left does not replace what is measured in the open one', async () => {
  const { isAsked, answer } = answering()
  const first = loadMeasurements([1])
  await isAsked(1)
  const second = loadMeasurements([2])
  await answer(2)
  await second
  expect(names()).toEqual(['of study 2'])
  await answer(1)
  await first
  expect(names()).toEqual(['of study 2'])
})

test('one that the archive refuses is named, and holds up no other', async () => {
  const add = (name: string) =>
    addMeasurement(
      'length',
      [
        [0, 0],
        [3, 4],
      ],
      pictureOf(image, 7),
      place,
      { name },
    )
  for (const name of ['one', 'two', 'x'.repeat(300), 'four', 'five']) add(name)
  await vi.waitFor(() => expect([...saved.values()].map(({ name }) => name)).toEqual(['one', 'two', 'four', 'five']))
  await vi.waitFor(() => expect(useKeeping.getState().state).toBe('kept'))
  const [refused, ...others] = useKeeping.getState().refused
  expect(others).toEqual([])
  expect(refused).toMatchObject({ item: { name: 'x'.repeat(300) }, why: 'A name has 256 characters at most.' })

  // What is drawn later is saved, and the refused one is not forgotten.
  add('six')
  await vi.waitFor(() => expect(saved.size).toBe(5))
  expect(useKeeping.getState().refused).toHaveLength(1)
  // Put right, it is saved, too.
  amendMeasurement(refused?.item.id ?? '', { name: 'three' })
  expect(useKeeping.getState().refused).toEqual([])
  await vi.waitFor(() => expect(saved.get(refused?.item.id ?? '')?.name).toBe('three'))
})
