/** One picture of an H.264 stream, as it is decoded (ITU-T H.264 7.4.1.2.3). */
export interface AccessUnit {
  units: Uint8Array<ArrayBuffer>[]
  isKey: boolean
  /** Of a picture that is shown in another place than it is decoded. */
  hasB: boolean
  /** In ticks of 90 kHz, where the stream says when. */
  time?: StreamTime | undefined
}

export interface StreamTime {
  decode: number
  show: number
}

const SLICE = 1
const IDR_SLICE = 5
export const SEQUENCE_PARAMETERS = 7
export const PICTURE_PARAMETERS = 8
const DELIMITER = 9

export const typeOf = (unit: Uint8Array) => (unit[0] ?? 0) & 0x1f

/** NAL units of a byte stream (Annex B), where the offset of each in the stream is told too. */
export function nalUnits(stream: Uint8Array<ArrayBuffer>): { offset: number; unit: Uint8Array<ArrayBuffer> }[] {
  const found: { offset: number; unit: Uint8Array<ArrayBuffer> }[] = []
  let begun = -1
  const close = (end: number) => {
    if (begun < 0) return
    // Zeros before the next start code belong to no unit.
    let last = end
    while (last > begun && stream[last - 1] === 0) last -= 1
    if (last > begun) found.push({ offset: begun, unit: stream.subarray(begun, last) })
  }
  for (let at = stream.indexOf(1, 2); at >= 0; at = stream.indexOf(1, at + 1)) {
    if (stream[at - 1] !== 0 || stream[at - 2] !== 0) continue
    close(at - 2)
    begun = at + 1
  }
  close(stream.length)
  return found
}

/** Pictures of a byte stream: from delimiter to delimiter where it has them, else from first slice to first slice. */
export function accessUnits(
  stream: Uint8Array<ArrayBuffer>,
  timeFrom: (from: number, to: number) => StreamTime | undefined = () => undefined,
): AccessUnit[] {
  const all = nalUnits(stream)
  const delimited = all.some(({ unit }) => typeOf(unit) === DELIMITER)
  const pictures: AccessUnit[] = []
  let current: AccessUnit | undefined
  let isDrawn = false
  let seen = 0
  for (const { offset, unit } of all) {
    const type = typeOf(unit)
    const isSlice = type >= SLICE && type <= IDR_SLICE
    const begins = delimited
      ? type === DELIMITER
      : isDrawn && (isSlice ? sliceHeader(unit).first === 0 : type >= 6 && type <= DELIMITER)
    if (!current || begins) {
      current = { units: [], isKey: false, hasB: false, time: timeFrom(seen, offset + 1) }
      pictures.push(current)
      isDrawn = false
      seen = offset + 1
    }
    current.units.push(unit)
    if (!isSlice) continue
    isDrawn = true
    current.isKey ||= type === IDR_SLICE
    current.hasB ||= sliceHeader(unit).type % 5 === 1
  }
  return pictures.filter(({ units }) => units.some((unit) => typeOf(unit) >= SLICE && typeOf(unit) <= IDR_SLICE))
}

/** The first two numbers of a slice header (7.3.3): first macroblock, and type. */
function sliceHeader(unit: Uint8Array): { first: number; type: number } {
  const read = expGolomb(unit.subarray(1, 16))
  return { first: read(), type: read() }
}

function expGolomb(bytes: Uint8Array): () => number {
  const plain: number[] = []
  for (const [at, byte] of bytes.entries()) {
    // 7.4.1: a 3 after two zeros keeps them from being a start code.
    if (!(byte === 3 && bytes[at - 1] === 0 && bytes[at - 2] === 0)) plain.push(byte)
  }
  let bit = 0
  const next = () => ((plain[bit >> 3] ?? 0xff) >> (7 - (bit++ & 7))) & 1
  return () => {
    let zeros = 0
    while (next() === 0 && zeros < 31) zeros += 1
    let value = 1
    for (let count = 0; count < zeros; count += 1) value = value * 2 + next()
    return value - 1
  }
}
