import type { ExplicitDataSet } from './explicitDataSet.ts'

export interface GreyFrame {
  /** Values after the Modality LUT or rescale (PS3.3 C.11.1), row by row. */
  values: Float64Array
  slope: number
}

const ROWS = 0x00280010
const COLUMNS = 0x00280011
const NUMBER_OF_FRAMES = 0x00280008
const BITS_ALLOCATED = 0x00280100
const BITS_STORED = 0x00280101
const HIGH_BIT = 0x00280102
const PIXEL_REPRESENTATION = 0x00280103
const INTERCEPT = 0x00281052
const SLOPE = 0x00281053
const MODALITY_LUT = 0x00283000
const LUT_DESCRIPTOR = 0x00283002
const LUT_DATA = 0x00283006
const PIXEL_DATA = 0x7fe00010
const FLOAT_PIXEL_DATA = 0x7fe00008
const DOUBLE_PIXEL_DATA = 0x7fe00009
const SHARED_GROUPS = 0x52009229
const PER_FRAME_GROUPS = 0x52009230
const PIXEL_VALUE_TRANSFORMATION = 0x00289145

/** The frames of an uncompressed single-sample image; undefined when the file has no pixels that this can read. */
export function greyFrames(dataSet: ExplicitDataSet): GreyFrame[] | undefined {
  const pixels = (dataSet.number(ROWS) ?? 0) * (dataSet.number(COLUMNS) ?? 0)
  const frames = dataSet.number(NUMBER_OF_FRAMES) ?? 1
  const stored = storedValues(dataSet)
  if (pixels === 0 || !stored || stored.length < pixels * frames) return undefined
  return Array.from({ length: frames }, (_, frame) => {
    const { slope, map } = modality(dataSet, frame)
    const values = Float64Array.from(stored.subarray(frame * pixels, (frame + 1) * pixels), map)
    return { values, slope }
  })
}

function storedValues(dataSet: ExplicitDataSet): Float64Array | undefined {
  const float = dataSet.get(FLOAT_PIXEL_DATA)?.bytes
  if (float) return Float64Array.from({ length: float.length >> 2 }, (_, at) => float.readFloatLE(at * 4))
  const double = dataSet.get(DOUBLE_PIXEL_DATA)?.bytes
  if (double) return Float64Array.from({ length: double.length >> 3 }, (_, at) => double.readDoubleLE(at * 8))
  const bytes = dataSet.get(PIXEL_DATA)?.bytes
  const allocated = dataSet.number(BITS_ALLOCATED) ?? 16
  if (!bytes) return undefined
  if (allocated === 1)
    return Float64Array.from({ length: bytes.length * 8 }, (_, at) => ((bytes[at >> 3] ?? 0) >> (at & 7)) & 1)
  if (![8, 16, 32].includes(allocated)) return undefined
  const width = allocated / 8
  const bits = dataSet.number(BITS_STORED) ?? allocated
  const shift = (dataSet.number(HIGH_BIT) ?? bits - 1) + 1 - bits
  const signed = dataSet.number(PIXEL_REPRESENTATION) === 1
  const range = 2 ** bits
  return Float64Array.from({ length: Math.floor(bytes.length / width) }, (_, at) => {
    const cell = bytes.readUIntLE(at * width, width)
    const value = Math.floor(cell / 2 ** shift) % range
    return signed && value >= range / 2 ? value - range : value
  })
}

function modality(dataSet: ExplicitDataSet, frame: number): { slope: number; map: (stored: number) => number } {
  const [lut] = dataSet.items(MODALITY_LUT)
  const descriptor = lut?.get(LUT_DESCRIPTOR)?.bytes
  const data = lut?.get(LUT_DATA)?.bytes
  if (descriptor && data) {
    const entries = descriptor.readUInt16LE(0) || 65_536
    const first = lut?.get(LUT_DESCRIPTOR)?.vr === 'SS' ? descriptor.readInt16LE(2) : descriptor.readUInt16LE(2)
    const isByte = data.length < entries * 2
    const at = (stored: number) => Math.min(Math.max(stored - first, 0), entries - 1)
    return { slope: 1, map: (stored) => (isByte ? data.readUInt8(at(stored)) : data.readUInt16LE(at(stored) * 2)) }
  }
  const groups = [dataSet.items(PER_FRAME_GROUPS)[frame], dataSet.items(SHARED_GROUPS)[0], undefined]
  const inGroups = groups.map((group) => group?.items(PIXEL_VALUE_TRANSFORMATION)[0]).find((item) => item)
  const source = inGroups ?? dataSet
  const slope = source.number(SLOPE) ?? 1
  const intercept = source.number(INTERCEPT) ?? 0
  return { slope, map: (stored) => stored * slope + intercept }
}
