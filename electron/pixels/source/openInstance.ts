import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import type { DataSet } from 'dicom-parser'
import { encodingOf } from '#electron/dicom/part10/encoding.ts'
import { readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import { unsigned16, valueBytes } from '../attributes.ts'
import { nativeRange } from '../decode/native.ts'
import { MAXIMUM_FRAME_BYTES } from '../describe/obstacle.ts'
import { FrameProblem } from '../frameProblem.ts'
import { type Lut, readLut } from '../lut.ts'
import { type Palette, readPalette } from '../palette.ts'
import { isMonochrome, isPalette, modalityLutItem } from '../pixelFormat.ts'
import { type Fragments, readFragments } from './fragments.ts'
import { type FrameStarts, frameStarts, readStream } from './frameFragments.ts'
import { type FrameSource, frameSource } from './frameSource.ts'
import { inflateTo } from './inflateTo.ts'

/** An instance as a codec worker keeps it between frames. No file stays open: Windows could not delete it. */
export interface OpenInstance {
  source: FrameSource
  palette: Palette | undefined
  modalityLut: Lut | undefined
  framing: { fragments: Fragments; starts: FrameStarts } | undefined
  /** Of a deflated object: the beginning of the data set, as far as a frame needed it. */
  inflated: Uint8Array<ArrayBuffer> | undefined
}

/** Inflated data kept for the next frame. */
const MAXIMUM_INFLATED_KEPT = 256 * 1024 * 1024

export function openInstance(path: string): OpenInstance {
  const header = readHeaderFromFile(path)
  const source = frameSource(header, path)
  const { dataSet } = header
  const { bigEndian } = encodingOf(header.transferSyntaxUID)
  const { format } = source
  const palette = isPalette(format) ? readPalette(dataSet, format.signed, bigEndian) : undefined
  const lutItem = isMonochrome(format) ? modalityLutItem(dataSet) : undefined
  const modalityLut = lutItem && readModalityLut(lutItem, format.signed, bigEndian)
  if (source.image.obstacle === null) {
    if (isPalette(format) && palette === undefined) {
      source.image.obstacle = source.sentence('The palette of this image is missing or damaged.')
    } else if (lutItem !== undefined && modalityLut === undefined) {
      source.image.obstacle = source.sentence('The modality lookup table of this image is damaged.')
    }
  }
  return { source, palette, modalityLut, framing: undefined, inflated: undefined }
}

function readModalityLut(item: DataSet, signed: boolean, bigEndian: boolean): Lut | undefined {
  const descriptor = (index: number) => unsigned16(item, 'x00283002', index)
  return readLut(descriptor(0), descriptor(1), descriptor(2), valueBytes(item, 'x00283006'), signed, bigEndian)
}

/** The bytes of a frame as they are stored: samples, or the compressed stream. */
export async function readFrameBytes(
  instance: OpenInstance,
  frame: number,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; firstBit: number }> {
  const { source } = instance
  if (source.encapsulated) return { bytes: encapsulatedFrame(instance, frame), firstBit: 0 }
  const range = nativeRange(source.format, frame, source.subsampled)
  // Words that are to be swapped begin at even addresses.
  const lead = source.swapBytes > 1 ? range.offset % source.swapBytes : 0
  const offset = source.pixelOffset + range.offset - lead
  const length = Math.ceil((range.length + lead) / source.swapBytes) * source.swapBytes
  const firstBit = range.firstBit + 8 * lead
  if (source.deflated) return { bytes: await inflatedBytes(instance, offset, length), firstBit }
  return { bytes: readBytes(source.path, offset, length), firstBit }
}

function readBytes(path: string, offset: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  const file = openSync(path, 'r')
  try {
    // A last odd byte of an even word may lie behind the end.
    const filled = readSync(file, bytes, 0, length, offset)
    if (filled + 1 < length) throw new FrameProblem('The file of this image is shorter than when it was stored.')
  } finally {
    closeSync(file)
  }
  return bytes
}

async function inflatedBytes(instance: OpenInstance, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const { source } = instance
  const wanted = offset + length
  let inflated = instance.inflated
  if (inflated === undefined || inflated.length < wanted) {
    if (wanted > MAXIMUM_FRAME_BYTES) throw new FrameProblem('This image unpacks to more than 1 GB.')
    const all = source.pixelOffset + (source.pixelLength ?? 0)
    inflated = await inflateTo(
      source.path,
      source.dataSetOffset,
      all <= MAXIMUM_INFLATED_KEPT ? Math.max(all, wanted) : wanted,
    )
    if (inflated.length <= MAXIMUM_INFLATED_KEPT) instance.inflated = inflated
  }
  return inflated.slice(offset, wanted)
}

function encapsulatedFrame(instance: OpenInstance, frame: number): Uint8Array<ArrayBuffer> {
  const { source } = instance
  const file = openSync(source.path, 'r')
  try {
    if (instance.framing === undefined) {
      const fragments = readFragments(file, fstatSync(file).size, source.pixelOffset)
      instance.framing = { fragments, starts: frameStarts(file, fragments, source.format.frames, source.codec) }
    }
    const { fragments, starts } = instance.framing
    const stream = new Uint8Array(readStream(file, fragments, starts, frame))
    return source.codec === 'deflated-frame' ? inflateFrame(stream, source) : stream
  } finally {
    closeSync(file)
  }
}

/** Deflated Image Frame Compression: each frame is the native frame, deflated by itself. */
function inflateFrame(stream: Uint8Array, source: FrameSource): Uint8Array<ArrayBuffer> {
  const { length } = nativeRange(source.format, 0, source.subsampled)
  try {
    // One byte more than a frame: padding to even length.
    return new Uint8Array(inflateRawSync(stream, { maxOutputLength: length + 1 }))
  } catch {
    throw new FrameProblem('The compressed image data is damaged.')
  }
}
