import { afterAll, expect, test } from 'vitest'
import { openFixture } from './imageFixture.ts'

const fixture = openFixture()
afterAll(() => fixture.close())

const pixels = { PixelData: new Uint16Array(12) }
/** 2 rows of 3: bits from the lowest up, rows one after the other without padding. */
const plane = { 60000010: { vr: 'US', value: 2 }, 60000011: { vr: 'US', value: 3 }, 60000040: { vr: 'CS', value: 'G' } }

async function mask(differs: object, frame = 0) {
  const { instanceId } = fixture.add({ ...pixels, ...differs })
  const found = await fixture.pixels.overlay(instanceId, frame)
  return (
    found && [0, 1, 2].map((row) => [...found.subarray(row * 4, row * 4 + 4)].map((value) => (value ? 1 : 0)).join(''))
  )
}

test('an overlay plane lies at its origin, which counts from 1', async () => {
  const bits = { 60003000: { vr: 'OW', value: Uint8Array.of(0b101011, 0) } }
  expect(await mask({ ...plane, 60000050: { vr: 'SS', value: [1, 1] }, ...bits })).toEqual(['1100', '1010', '0000'])
  expect(await mask({ ...plane, 60000050: { vr: 'SS', value: [2, 2] }, ...bits })).toEqual(['0000', '0110', '0101'])
  // What reaches beyond the image is cut off.
  expect(await mask({ ...plane, 60000050: { vr: 'SS', value: [0, 3] }, ...bits })).toEqual(['0010', '0000', '0000'])
})

test('several planes add up; one whose bits are missing is left out', async () => {
  const bits = (byte: number) => ({ vr: 'OW', value: Uint8Array.of(byte, 0) })
  const second = { 60020010: { vr: 'US', value: 1 }, 60020011: { vr: 'US', value: 4 }, 60023000: bits(0b1000) }
  expect(await mask({ ...plane, 60003000: bits(1), ...second })).toEqual(['1001', '0000', '0000'])
  expect(await mask({ ...plane })).toEqual(['0000', '0000', '0000'])
})

test('each frame has its own overlay where the plane has frames', async () => {
  const frames = {
    ...{ NumberOfFrames: 2, PixelData: new Uint16Array(24) },
    ...plane,
    ...{ 60000015: { vr: 'IS', value: '2' }, 60003000: { vr: 'OW', value: Uint8Array.of(0b10_000001, 0b0000) } },
  }
  // Frame 1 takes bits 0 to 5, frame 2 bits 6 to 11.
  expect(await mask(frames, 0)).toEqual(['1000', '0000', '0000'])
  expect(await mask(frames, 1)).toEqual(['0100', '0000', '0000'])
})

test('a document and a video come out as they went in, a picture has no content', async () => {
  const text = new TextEncoder().encode('%PDF-1.4 x')
  const document = fixture.add({ EncapsulatedDocument: Uint8Array.of(...text, 10), EncapsulatedDocumentLength: 11 })
  const content = await fixture.pixels.content(document.instanceId)
  expect(content).toEqual(Uint8Array.of(...text, 10))
  const video = fixture.add(
    { PixelData: { fragments: [Uint8Array.of(0, 0, 1, 0xb3), Uint8Array.of(9, 9)] } },
    '1.2.840.10008.1.2.4.100',
  )
  expect(await fixture.pixels.content(video.instanceId)).toEqual(Uint8Array.of(0, 0, 1, 0xb3, 9, 9))
  expect(await fixture.pixels.content(fixture.add(pixels).instanceId)).toBe(
    'This object holds no document and no video.',
  )
  expect(await fixture.pixels.content(999)).toBeUndefined()
})
