import { CodecModule } from '#electron/pixels/codecs/codecModule.ts'
import { partialYccToRgb, yccToRgb } from '#electron/pixels/decode/colour.ts'
import { decodeCompressed } from '#electron/pixels/decode/compressed.ts'
import type { Decoded } from '#electron/pixels/decode/decoded.ts'
import { decodeRle } from '#electron/pixels/decode/rle.ts'
import type { PixelFormat } from '#electron/pixels/pixelFormat.ts'
import { type OpenInstance, openInstance, readFrameBytes } from '#electron/pixels/source/openInstance.ts'
import type { NativePixels } from './convertDataSet.ts'

/** Of these processes each takes a cosine transform, and rounds (PS3.5 8.2.1). */
const DISCRETE_COSINE = /^1\.2\.840\.10008\.1\.2\.4\.5[0-6]$/
const LARGEST_BYTES = 1024 * 1024 * 1024

/** Told how many samples are decoded next, and 0 after that. */
export type Begins = (samples: number) => void

let codecs: Promise<CodecModule> | undefined

/** All frames of an encapsulated object, decoded, as its native pixel data would be. Rejects with a sentence. */
export async function decodePixels(path: string, transferSyntaxUID: string, begins: Begins): Promise<NativePixels> {
  const instance = openInstance(path)
  const { format } = instance.source
  const { rows, columns, frames, samplesPerPixel, bitsAllocated } = format
  const frameBytes = (rows * columns * samplesPerPixel * bitsAllocated) / 8
  if (!Number.isInteger(frames) || !Number.isInteger(frameBytes) || frameBytes === 0)
    throw new Error('Its pixel data is not described.')
  if (frameBytes * frames > LARGEST_BYTES) throw new Error('It is too large to be converted.')
  const bytes = new Uint8Array(frameBytes * frames)
  let { photometricInterpretation } = format
  for (let frame = 0; frame < frames; frame += 1) {
    const native = await nativeFrame(instance, frame, begins)
    bytes.set(native.bytes, frame * frameBytes)
    photometricInterpretation = native.photometricInterpretation
  }
  // Peers that take nothing compressed are simple ones: many of them draw YBR as if it were RGB.
  if (photometricInterpretation === 'YBR_FULL' && bitsAllocated === 8 && instance.source.codec.startsWith('jpeg')) {
    if (format.photometricInterpretation.startsWith('YBR_PARTIAL')) partialYccToRgb(bytes)
    else yccToRgb(bytes)
    photometricInterpretation = 'RGB'
  }
  return { bytes, photometricInterpretation, isLossy: DISCRETE_COSINE.test(transferSyntaxUID) }
}

/** A frame as native pixel data has it: interleaved, in the bits that are allocated, nothing applied to its values. */
export async function nativeFrame(
  instance: OpenInstance,
  frame: number,
  begins: Begins,
): Promise<Omit<NativePixels, 'isLossy'>> {
  const { format, codec } = instance.source
  const { photometricInterpretation, bitsAllocated, samplesPerPixel: components } = format
  const { bytes: stream } = await readFrameBytes(instance, frame)
  if (codec === 'none' || codec === 'deflated-frame') {
    const frameBytes = (format.rows * format.columns * components * bitsAllocated) / 8
    const native = { components, bytes: stream.subarray(0, frameBytes), planar: format.planar }
    return { bytes: interleaved(native, bitsAllocated / 8), photometricInterpretation }
  }
  codecs ??= CodecModule.load()
  const library = await codecs
  begins(format.rows * format.columns * components)
  const decoded = codec === 'rle' ? decodeRle(stream, format) : decodeCompressed(library, codec, stream, format)
  begins(0)
  return {
    bytes: interleaved({ ...decoded, bytes: fitted(decoded, format) }, bitsAllocated / 8),
    // Samples of a palette or of grey have no colour to be named anew (PS3.3 C.7.6.3.1.2).
    photometricInterpretation:
      decoded.components === 3 ? (decoded.colour === 'ycc' ? 'YBR_FULL' : 'RGB') : photometricInterpretation,
  }
}

/** Decoders give streams of 8 bits in bytes, though Bits Allocated may say 16, and OpenJPH gives all of them in words. */
function fitted(decoded: Decoded, { bitsAllocated }: PixelFormat): Uint8Array {
  if (decoded.bitsAllocated === bitsAllocated) return decoded.bytes
  if (decoded.bitsAllocated === 16 && bitsAllocated === 8) {
    const { bytes } = decoded
    const words = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
    if (words.every((word) => word < 256)) return Uint8Array.from(words)
  }
  if (decoded.bitsAllocated !== 8 || bitsAllocated !== 16)
    throw new Error('Its compressed samples have another size than its header says.')
  const { bytes } = decoded
  const words = decoded.signed
    ? Int16Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length))
    : Uint16Array.from(bytes)
  return new Uint8Array(words.buffer)
}

function interleaved(
  { components, bytes, planar }: Pick<Decoded, 'components' | 'planar'> & { bytes: Uint8Array },
  sampleBytes: number,
): Uint8Array {
  if (!planar || components === 1) return bytes
  const target = new Uint8Array(bytes.length)
  const pixels = bytes.length / components / sampleBytes
  for (let component = 0; component < components; component += 1) {
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      const from = (component * pixels + pixel) * sampleBytes
      const to = (pixel * components + component) * sampleBytes
      for (let byte = 0; byte < sampleBytes; byte += 1) target[to + byte] = bytes[from + byte] ?? 0
    }
  }
  return target
}
