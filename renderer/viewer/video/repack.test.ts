import { expect, test } from 'vitest'
import { joinedBytes, startCoded, transportStreamOf } from '#shared/imaging/videoStreamFixture.ts'
import { repack } from './repack.ts'

type Bytes = Uint8Array<ArrayBuffer>
const SPS = Uint8Array.of(0x67, 0x64, 0, 0x29, 0xac)
const PPS = Uint8Array.of(0x68, 0xee, 0x3c, 0x80)
const DELIMITER = Uint8Array.of(9, 0xf0)
/** First macroblock 0; type 7 (I), 5 (P) or 6 (B) as exponential Golomb codes; then what makes it another one. */
const slice = (header: number, type: 'I' | 'P' | 'B', ...rest: number[]) =>
  Uint8Array.of(header, { I: 0b1_0001000, P: 0b1_00110_10, B: 0b1_00111_10 }[type], ...rest, 0x80)
const pictures = [
  [DELIMITER, SPS, PPS, slice(0x65, 'I', 1, 1)],
  [DELIMITER, slice(0x41, 'P', 2, 2, 2)],
  [DELIMITER, slice(0x01, 'B', 3)],
]
const coded = (units: readonly Uint8Array[]) => joinedBytes(units.map((unit, at) => startCoded(unit, at === 0 ? 3 : 2)))
const input = (bytes: Bytes) => ({ bytes, rows: 480, columns: 640, frameTimeMs: 40 })

/** Boxes inside boxes, by their path. */
function boxAt(file: Bytes, path: string): DataView {
  let within = new DataView(file.buffer, file.byteOffset, file.byteLength)
  for (const name of path.split('/')) {
    let at = within.byteOffset
    const end = at + within.byteLength
    for (;;) {
      if (at >= end) throw new Error(`no ${name}`)
      const view = new DataView(file.buffer, at, end - at)
      const size = view.getUint32(0)
      if (String.fromCharCode(...file.subarray(at - file.byteOffset + 4, at - file.byteOffset + 8)) === name) {
        const head = name === 'stsd' ? 16 : name === 'avc1' ? 86 : 8
        within = new DataView(file.buffer, at + head, size - head)
        break
      }
      at += size
    }
  }
  return within
}
const words = (view: DataView) => Array.from({ length: view.byteLength >> 2 }, (_, at) => view.getUint32(4 * at))
const TABLE = 'moov/trak/mdia/minf/stbl'

function packed(bytes: Bytes): Bytes {
  const made = repack(input(bytes))
  if (typeof made === 'string') throw new Error(made)
  return joinedBytes(made)
}

test('pictures of a transport stream keep their times and their order, and lie where the tables say', () => {
  const timed = pictures.map((units, at) => ({
    data: coded(units),
    decode: 2 ** 32 + 3600 * at,
    show: 2 ** 32 + [3600, 14_400, 7200][at]!,
  }))
  for (const lead of [0, 4]) {
    const file = packed(transportStreamOf(timed, lead))
    expect(words(boxAt(file, `${TABLE}/stts`))).toEqual([0, 3, 1, 3600, 1, 3600, 1, 3600])
    expect(words(boxAt(file, `${TABLE}/ctts`))).toEqual([0, 3, 1, 3600, 1, 10_800, 1, 0])
    expect(words(boxAt(file, `${TABLE}/stss`))).toEqual([0, 1, 1])
    const [, , count, ...sizes] = words(boxAt(file, `${TABLE}/stsz`))
    expect([count, sizes]).toEqual([3, [9, 10, 8]])
    const offset = words(boxAt(file, `${TABLE}/stco`)).at(-1) ?? 0
    expect([...file.subarray(offset, offset + 9)]).toEqual([0, 0, 0, 5, ...(pictures[0]?.[3] ?? [])])
    const description = boxAt(file, `${TABLE}/stsd/avc1/avcC`)
    expect([...new Uint8Array(description.buffer, description.byteOffset, 8 + SPS.length)]).toEqual([
      ...[1, 0x64, 0, 0x29, 0xff, 0xe1, 0, SPS.length],
      ...SPS,
    ])
  }
})

test('a stream without anything around it has the frame time of the file, and is refused where its order is not known', () => {
  const plain = joinedBytes(pictures.slice(0, 2).map(coded))
  expect(words(boxAt(packed(plain), `${TABLE}/stts`))).toEqual([0, 2, 1, 3600, 1, 3600])
  const without = joinedBytes(pictures.slice(0, 2).map((units) => coded(units.slice(1))))
  expect(words(boxAt(packed(without), `${TABLE}/stsz`)).slice(2)).toEqual([2, 9, 10])
  expect(repack(input(joinedBytes(pictures.map(coded))))).toMatch(/has no times/)
})

test('what is no H.264 is a sentence, whatever the bytes', () => {
  expect(repack(input(new Uint8Array(0)))).toMatch(/packed in a way/)
  expect(repack(input(Uint8Array.of(0, 0, 1, 0xb3, 0x14, 0, 0xf0)))).toMatch(/packed in a way/)
  expect(repack(input(coded([DELIMITER, slice(0x65, 'I', 1)])))).toMatch(/packed in a way|description/)
  expect(repack(input(transportStreamOf([])))).toMatch(/no H\.264/)
  const whole = transportStreamOf(pictures.map((units, at) => ({ data: coded(units), decode: at, show: at })))
  for (let seed = 1; seed < 200; seed += 1) {
    const hurt = Uint8Array.from(whole, (byte, at) => ((at * seed) % 61 === 7 ? (byte * seed + at) & 255 : byte))
    const answer = repack(input(hurt.subarray(0, whole.length - (seed % 190))))
    expect(typeof answer === 'string' ? answer : answer.length).toBeTruthy()
  }
})
