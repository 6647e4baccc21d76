import { close, open, read } from 'node:fs'
import { promisify } from 'node:util'
import { Part10Error, readHeader } from '#electron/dicom/part10/readHeader.ts'
import { storedValues } from './decode/grey.ts'
import { nativeRange } from './decode/native.ts'
import { HEADER_BYTES } from './frameHeader.ts'
import type { PixelFormat } from './pixelFormat.ts'
import { type FrameSource, frameSource } from './source/frameSource.ts'

const openFile = promisify(open)
const closeFile = promisify(close)
const readFile = promisify(read)

/** Up to this a file is read whole: header and pixels in one go. */
const WHOLE_FILE_BYTES = 4 * 1024 * 1024
const HEAD_BYTES = 256 * 1024
/** Longer headers are read in a worker. */
const MAXIMUM_ELEMENTS = 20_000
/** Frames beyond this are worked on in a worker; this thread also serves the page. */
const MAXIMUM_DIRECT_BYTES = 32 * 1024 * 1024
const MAXIMUM_MASKED_BYTES = 2 * 1024 * 1024

/** What has to be known to read a frame without a decoder. */
export interface DirectLayout {
  format: PixelFormat
  pixelOffset: number
  frameBytes: number
}

export type FirstRead =
  | { kind: 'direct'; layout: DirectLayout; chunk: Uint8Array<ArrayBuffer> | undefined }
  | { kind: 'decode' }
  | { kind: 'failure'; sentence: string }

async function withFile<Result>(path: string, use: (file: number) => Promise<Result>): Promise<Result> {
  const file = await openFile(path, 'r')
  try {
    return await use(file)
  } finally {
    await closeFile(file)
  }
}

async function readRange(file: number, bytes: Uint8Array, position: number): Promise<number> {
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await readFile(file, bytes, filled, bytes.length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}

/** The header of a file, and its only frame with it when that can be delivered as it is. */
export async function firstRead(path: string, fileBytes: number): Promise<FirstRead> {
  const whole = fileBytes <= WHOLE_FILE_BYTES
  const bytes = new Uint8Array(Buffer.allocUnsafeSlow(whole ? fileBytes : Math.min(fileBytes, HEAD_BYTES)).buffer)
  const filled = await withFile(path, (file) => readRange(file, bytes, 0))
  if (filled < bytes.length)
    return { kind: 'failure', sentence: 'The file of this image is shorter than when it was stored.' }
  let source: FrameSource
  try {
    const header = readHeader(bytes.subarray(0, filled), { fileBytes, maximumElements: MAXIMUM_ELEMENTS })
    if (!header.complete) return { kind: 'decode' }
    source = frameSource(header, path)
  } catch (error) {
    if (!(error instanceof Part10Error)) throw error
    return error.code === 'unsupported' ? { kind: 'decode' } : { kind: 'failure', sentence: error.message }
  }
  if (source.image.obstacle !== null) return { kind: 'failure', sentence: source.image.obstacle }
  const { format, frameBytes, pixelOffset } = source
  const masked = format.bitsStored !== format.bitsAllocated && format.keyword === 'PixelData'
  if (!source.direct || frameBytes > (masked ? MAXIMUM_MASKED_BYTES : MAXIMUM_DIRECT_BYTES)) return { kind: 'decode' }
  const layout = { format, pixelOffset, frameBytes }
  if (!whole || format.frames !== 1) return { kind: 'direct', layout, chunk: undefined }
  // The header of the answer takes the place of what stands before the pixels.
  const chunk = bytes.subarray(pixelOffset - HEADER_BYTES, pixelOffset + frameBytes)
  return { kind: 'direct', layout, chunk: withStoredValues(chunk, layout) }
}

/** A frame with room for its header in front; undefined where the file ends too early. */
export async function readDirect(
  path: string,
  layout: DirectLayout,
  frame: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { format, pixelOffset, frameBytes } = layout
  const start = pixelOffset + nativeRange(format, frame, false).offset - HEADER_BYTES
  const chunk = new Uint8Array(Buffer.allocUnsafeSlow(HEADER_BYTES + frameBytes).buffer)
  const filled = await withFile(path, (file) => readRange(file, chunk, start))
  return filled < chunk.length ? undefined : withStoredValues(chunk, layout)
}

function withStoredValues(chunk: Uint8Array<ArrayBuffer>, { format }: DirectLayout): Uint8Array<ArrayBuffer> {
  const { bitsAllocated, bitsStored } = format
  if (format.keyword !== 'PixelData' || bitsStored === bitsAllocated) return chunk
  if (bitsAllocated !== 8 && bitsAllocated !== 16 && bitsAllocated !== 32) return chunk
  const samples = chunk.subarray(HEADER_BYTES)
  const values = storedValues(
    {
      rows: format.rows,
      columns: format.columns,
      components: format.samplesPerPixel,
      bytes: samples,
      bitsAllocated,
      precision: bitsAllocated,
      signed: false,
      planar: false,
      colour: 'rgb',
    },
    format,
  )
  // Samples at an odd address are worked on in a copy.
  if (values.buffer !== chunk.buffer) samples.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  return chunk
}
