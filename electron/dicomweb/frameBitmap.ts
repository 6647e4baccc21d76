import type { Match } from '#electron/dicom/nodeApi.ts'

const SIDE_MAX = 192
const HEAD_BYTES = 54

/**
 * An uncompressed frame as a small BMP (24 bits, from the bottom up), with the window of the image or its whole range.
 * Undefined where this is no plain grey or RGB: then there is no picture.
 */
export function frameBitmap(described: Match, frame: Buffer): Buffer | undefined {
  const number = (keyword: string, missing = 0) => Number((described[keyword] ?? '').split('\\')[0] || missing)
  const [rows, columns, bits] = [number('Rows'), number('Columns'), number('BitsAllocated')]
  const samples = number('SamplesPerPixel', 1)
  const photometric = described.PhotometricInterpretation ?? ''
  const isColour = samples === 3 && bits === 8 && photometric === 'RGB' && number('PlanarConfiguration') === 0
  const isGrey = samples === 1 && (bits === 8 || bits === 16) && photometric.startsWith('MONOCHROME')
  if (!(isColour || isGrey) || !(rows > 0 && columns > 0) || frame.length < rows * columns * samples * (bits / 8))
    return undefined
  const step = Math.max(1, Math.ceil(Math.max(rows, columns) / SIDE_MAX))
  const [width, height] = [Math.floor(columns / step), Math.floor(rows / step)]
  if (width === 0 || height === 0) return undefined
  const stored = storedBits(number('BitsStored', bits), number('PixelRepresentation') === 1)
  const sample = (at: number) => (bits === 8 ? (frame[at] ?? 0) : stored(frame.readUInt16LE(at * 2)))
  const [slope, intercept] = [number('RescaleSlope', 1) || 1, number('RescaleIntercept')]
  const values = new Float64Array(isGrey ? width * height : 0)
  for (let at = 0; at < values.length; at += 1)
    values[at] = sample(Math.floor(at / width) * step * columns + (at % width) * step) * slope + intercept
  const { low, high } = range(values, number('WindowCenter'), number('WindowWidth'))
  const scale = 255 / Math.max(high - low, 1e-9)
  const grey = (value: number) => {
    const level = Math.min(255, Math.max(0, Math.round((value - low) * scale)))
    return photometric === 'MONOCHROME1' ? 255 - level : level
  }
  const line = Math.ceil((width * 3) / 4) * 4
  const bitmap = head(width, height, line * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const to = HEAD_BYTES + (height - 1 - y) * line + x * 3
      const from = (y * step * columns + x * step) * 3
      if (isColour)
        for (let channel = 0; channel < 3; channel += 1) bitmap[to + channel] = frame[from + 2 - channel] ?? 0
      else bitmap.fill(grey(values[y * width + x] ?? 0), to, to + 3)
    }
  return bitmap
}

/** PS3.5 8.1.1: what stands above the stored bits is none of the value. */
function storedBits(bits: number, isSigned: boolean): (word: number) => number {
  const mask = bits >= 16 ? 0xffff : (1 << bits) - 1
  const half = 1 << (bits - 1)
  return (word) => {
    const value = word & mask
    return isSigned && value >= half ? value - mask - 1 : value
  }
}

function range(values: Float64Array, center: number, width: number): { low: number; high: number } {
  if (width > 1) return { low: center - 0.5 - (width - 1) / 2, high: center - 0.5 + (width - 1) / 2 }
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return { low, high }
}

function head(width: number, height: number, imageBytes: number): Buffer {
  const bitmap = Buffer.alloc(HEAD_BYTES + imageBytes)
  bitmap.write('BM', 0, 'latin1')
  bitmap.writeUInt32LE(bitmap.length, 2)
  bitmap.writeUInt32LE(HEAD_BYTES, 10)
  bitmap.writeUInt32LE(40, 14)
  bitmap.writeInt32LE(width, 18)
  bitmap.writeInt32LE(height, 22)
  bitmap.writeUInt16LE(1, 26)
  bitmap.writeUInt16LE(24, 28)
  bitmap.writeUInt32LE(imageBytes, 34)
  return bitmap
}
