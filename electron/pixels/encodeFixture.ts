import codecs from 'dcmjs-codecs'
import type { DataSet } from '#electron/demo/dataSet.ts'

const { NativeCodecs, Context } = codecs

/** Before the first `encode`. */
export const loadEncoders = () => NativeCodecs.initializeAsync()

export const ROWS = 24
export const COLUMNS = 40
export const size = { Rows: ROWS, Columns: COLUMNS }
export const bits = (BitsAllocated: number, BitsStored: number) => ({
  BitsAllocated,
  BitsStored,
  HighBit: BitsStored - 1,
})

export type Encoder =
  | 'encodeJpeg'
  | 'encodeJpegLs'
  | 'encodeJpeg2000'
  | 'encodeHtJpeg2000'
  | 'encodeJpegXl'
  | 'encodeRle'

export function encode(
  encoder: Encoder,
  samples: ArrayBufferView,
  format: DataSet,
  parameters: Record<string, unknown> = {},
): Uint8Array {
  const context = new Context({
    width: COLUMNS,
    height: ROWS,
    bitsAllocated: Number(format.BitsAllocated ?? 16),
    bitsStored: Number(format.BitsStored ?? 16),
    samplesPerPixel: Number(format.SamplesPerPixel ?? 1),
    pixelRepresentation: Number(format.PixelRepresentation ?? 0),
    planarConfiguration: 0,
    photometricInterpretation: String(format.PhotometricInterpretation ?? 'MONOCHROME2'),
    decodedBuffer: new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength),
  })
  return NativeCodecs[encoder](context, parameters as never).getEncodedBuffer() ?? new Uint8Array(0)
}

const wave = (index: number, amplitude: number) => Math.round(Math.sin(index / 7) * amplitude + ((index * 37) % 11))

export const grey = (bitsStored: number) =>
  Uint16Array.from(
    { length: ROWS * COLUMNS },
    (_, index) => (wave(index, 2 ** (bitsStored - 2)) + 2 ** (bitsStored - 1)) % 2 ** bitsStored,
  )
export const signedGrey = Int16Array.from({ length: ROWS * COLUMNS }, (_, index) => wave(index, 20000))
export const colours = Uint8Array.from({ length: ROWS * COLUMNS * 3 }, (_, index) => (wave(index, 90) + 128) & 0xff)
