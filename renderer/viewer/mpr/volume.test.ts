import { expect, test } from 'vitest'
import type { StackFrame } from '#shared/imaging/displaySets.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import type { VolumeSamples } from '#shared/imaging/resample.ts'
import { along, phantom } from '#shared/imaging/volumeFixture.ts'
import type { FrameAnswer } from '../frameParser.ts'
import { FrameStore } from '../frameStore.ts'
import { valuesOf } from './reformatter.ts'
import { Volume, withPadding } from './volume.ts'

/** The slices of a volume of six images, each stored as 1, 2, 3, NaN ... in its own way. */
async function slicesOf(
  change: (at: number) => Partial<InstanceImage>,
  stored: Float32Array | Float64Array | Int16Array,
) {
  const made = phantom({ positions: along(6, (at) => [0, 0, at]) })
  const stack: StackFrame[] = made.stack.map((item, at) => {
    const image = { ...item.image, rows: 2, columns: 2, pixelPaddingValue: null, bitsStored: 16, ...change(at) }
    const [frame] = item.image.perFrame
    return {
      ...item,
      image: { ...image, perFrame: image.perFrame.map((each) => ({ ...frame, ...each })) } as InstanceImage,
    }
  })
  const { geometry } = made
  if (typeof geometry === 'string') throw new Error(geometry)
  const bytes = () => new Uint8Array(stored.buffer.slice(0) as ArrayBuffer)
  const store = new FrameStore(async (names, _signal, onFrame: (index: number, answer: FrameAnswer) => void) => {
    await Promise.resolve()
    for (const index of names.keys()) onFrame(index, { bytes: bytes() })
  }, 1e9)
  const { type } = valuesOf(stack)
  const slices: VolumeSamples[] = []
  await new Promise<void>((resolve, reject) => {
    const volume = new Volume(
      store,
      { stack, geometry: withPadding({ ...geometry, rows: 2, columns: 2 }, stack, type), reduction: 1, type },
      {
        onPresent: () => {},
        onSlice: (at, samples) => {
          slices[at] = samples
        },
        onReady: resolve,
        onFailure: (sentence) => reject(new Error(sentence)),
      },
    )
    volume.start()
  })
  return { type, slices: slices.map((slice) => [...slice]) }
}

const rescaled = (slope: number, intercept: number) => [{ slope, intercept }] as unknown as InstanceImage['perFrame']

test('floating values are told in their unit, each slice by a rescale of its own', async () => {
  const { type, slices } = await slicesOf(
    (at) => ({ samples: { type: 'float32', inverted: false }, perFrame: rescaled(at + 1, 10) }),
    Float32Array.of(1, 2, 3, Number.NaN),
  )
  expect(type).toBe('float32')
  expect(slices[0]).toEqual([11, 12, 13, Number.NaN])
  expect(slices[5]).toEqual([16, 22, 28, Number.NaN])
})

test('so are those of double length, and padding is no value', async () => {
  const { slices } = await slicesOf(
    () => ({ samples: { type: 'float64', inverted: false }, pixelPaddingValue: 3, perFrame: rescaled(2, 0) }),
    Float64Array.of(1, 2, 3, 4),
  )
  expect(slices[2]).toEqual([2, 4, Number.NaN, 8])
})

test('whole numbers that all rescale alike stay as stored', async () => {
  const { type, slices } = await slicesOf(
    () => ({ samples: { type: 'int16', inverted: false }, perFrame: rescaled(1, -1024) }),
    Int16Array.of(1, 2, 3, 4),
  )
  expect([type, slices[3]]).toEqual(['int16', [1, 2, 3, 4]])
})
