import { bytesPerSample } from '#shared/imaging/frameOf.ts'
import type { CodecModule } from '../codecs/codecModule.ts'
import { FrameProblem } from '../frameProblem.ts'
import { isColour, isPalette, type PixelFormat } from '../pixelFormat.ts'
import { type OpenInstance, readFrameBytes } from '../source/openInstance.ts'
import { paletteToRgb8, toRgb8 } from './colour.ts'
import { decodeCompressed } from './compressed.ts'
import type { Decoded } from './decoded.ts'
import { applyModalityLut, storedValues } from './grey.ts'
import { decodeNative, swapWords } from './native.ts'
import { decodeRle } from './rle.ts'

export type LoadCodecs = () => Promise<CodecModule>

/** The samples of a frame in the form that InstanceImage.samples promises. Throws FrameProblem. */
export async function decodeFrame(
  instance: OpenInstance,
  frame: number,
  loadCodecs: LoadCodecs,
): Promise<Uint8Array<ArrayBuffer>> {
  const { source } = instance
  const { format } = source
  if (frame >= format.frames) throw new FrameProblem('This image has no such frame.')
  const { bytes, firstBit } = await readFrameBytes(instance, frame)
  const samples = await samplesOf(instance, bytes, firstBit, loadCodecs)
  if (samples.length !== source.frameBytes) {
    throw new FrameProblem('The image data has another size than its header says.')
  }
  return samples
}

async function samplesOf(
  instance: OpenInstance,
  bytes: Uint8Array<ArrayBuffer>,
  firstBit: number,
  loadCodecs: LoadCodecs,
): Promise<Uint8Array<ArrayBuffer>> {
  const { source } = instance
  const { format, codec } = source
  if (format.keyword !== 'PixelData') {
    const sampleBytes = bytesPerSample[source.image.samples.type]
    if (source.swapBytes > 1) swapWords(bytes, sampleBytes)
    return bytes.subarray(0, source.frameBytes)
  }
  return delivered(instance, wholeTile(await decode(), format))

  async function decode(): Promise<Decoded> {
    if (codec === 'none' || codec === 'deflated-frame') {
      const lead = format.bitsAllocated === 1 ? 0 : firstBit / 8
      swapWords(bytes, source.swapBytes)
      return decodeNative(lead === 0 ? bytes : bytes.slice(lead), format, firstBit, source.subsampled)
    }
    if (codec === 'rle') return decodeRle(bytes, format)
    return decodeCompressed(await loadCodecs(), codec, bytes, format)
  }
}

function delivered(instance: OpenInstance, decoded: Decoded): Uint8Array<ArrayBuffer> {
  const { format } = instance.source
  if (isColour(format)) return toRgb8(decoded, format)
  const values = storedValues(decoded, format)
  if (isPalette(format)) {
    if (instance.palette === undefined) throw new FrameProblem('The palette of this image is missing or damaged.')
    return paletteToRgb8(values, instance.palette)
  }
  const output = instance.modalityLut ? applyModalityLut(values, instance.modalityLut) : values
  return new Uint8Array(output.buffer as ArrayBuffer, output.byteOffset, output.byteLength)
}

/** A tile that was cut at the edge of the large image keeps its place; what is not there stays black. */
function wholeTile(decoded: Decoded, { rows, columns }: PixelFormat): Decoded {
  if (decoded.planar || (decoded.rows === rows && decoded.columns === columns)) return decoded
  const pixelBytes = (decoded.components * decoded.bitsAllocated) / 8
  const bytes = new Uint8Array(rows * columns * pixelBytes)
  // Black in YCbCr has its chroma in the middle.
  if (decoded.colour === 'ycc' && decoded.components === 3 && decoded.bitsAllocated === 8) {
    for (let at = 0; at < bytes.length; at += 3) bytes.fill(128, at + 1, at + 3)
  }
  const line = decoded.columns * pixelBytes
  for (let row = 0; row < decoded.rows; row++) {
    bytes.set(decoded.bytes.subarray(row * line, (row + 1) * line), row * columns * pixelBytes)
  }
  return { ...decoded, rows, columns, bytes }
}
