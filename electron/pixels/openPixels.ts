import type { StoredInstance } from '#electron/archive/archiveApi.ts'
import type { DataElement } from '#electron/dicom/part10/dataElements.ts'
import { CodecPool } from './codecPool.ts'
import { type DirectLayout, firstRead, readDirect } from './directFrame.ts'
import { samplesChunk, samplesOf, sentenceChunk } from './frameHeader.ts'
import { frameStream } from './frameStream.ts'
import { Lru } from './lru.ts'

interface FrameRequest {
  frames: readonly { instanceId: number; frame: number }[]
}

export interface PixelsOptions {
  locate(instanceIds: number[]): Promise<StoredInstance[]>
  workers?: number
  /** Another one than that beside this file: as it is built. */
  worker?: URL
}

export interface Pixels {
  /** The frames in the order of the request, each behind its header (frameHeader.ts). */
  frames(request: FrameRequest, signal?: AbortSignal): ReadableStream<Uint8Array<ArrayBuffer>>
  /** The first frame alone, without a header; undefined where it cannot be had. */
  firstFrame(stored: StoredInstance, signal: AbortSignal): Promise<Uint8Array | undefined>
  /** A PNG, or undefined when the instance has no picture. */
  thumbnail(instanceId: number): Promise<Uint8Array | undefined>
  /** Overlay planes of a frame, one byte a pixel, 255 where a bit is set; undefined when the instance is gone. */
  overlay(instanceId: number, frame: number): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** The document or video in an instance; a sentence where there is none; undefined when the instance is gone. */
  content(instanceId: number): Promise<Uint8Array<ArrayBuffer> | string | undefined>
  /** Of a file, in a thread of its own: a long header takes seconds. `failure` is a sentence. */
  dataElements(path: string): Promise<{ elements: DataElement[] } | { failure: string }>
  close(): Promise<void>
}

const DEFAULT_WORKERS = 2
const KEPT_LAYOUTS = 16_384
const KEPT_THUMBNAIL_BYTES = 32 * 1024 * 1024
const NO_PICTURE = new Uint8Array(0)

const GONE = 'This image is no longer in the archive.'
const UNREADABLE = 'The file of this image cannot be read.'

type Known = { path: string; layout: DirectLayout | 'decode' }

/** The data plane: pixels and thumbnails of archived instances. */
export function openPixels(options: PixelsOptions): Pixels {
  const pool = new CodecPool(options.workers ?? DEFAULT_WORKERS, options.worker && { worker: options.worker })
  const known = new Lru<number, Known>(KEPT_LAYOUTS)
  const thumbnails = new Lru<number, Uint8Array>(KEPT_THUMBNAIL_BYTES)
  const drawing = new Map<number, Promise<Uint8Array | undefined>>()

  async function frameChunk(
    stored: StoredInstance | undefined,
    frame: number,
    index: number,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    if (stored === undefined) return sentenceChunk(GONE, index)
    try {
      return await readChunk(stored, frame, index, signal)
    } catch {
      known.delete(stored.instanceId)
      return sentenceChunk(UNREADABLE, index)
    }
  }

  async function readChunk(
    { instanceId, path, bytes }: StoredInstance,
    frame: number,
    index: number,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    let entry = known.get(instanceId)
    if (entry === undefined || entry.path !== path) {
      const first = await firstRead(path, bytes)
      if (first.kind === 'failure') return sentenceChunk(first.sentence, index)
      entry = { path, layout: first.kind === 'direct' ? first.layout : 'decode' }
      known.set(instanceId, entry)
      if (first.kind === 'direct' && first.chunk !== undefined && frame === 0) return samplesChunk(first.chunk, index)
    }
    if (entry.layout !== 'decode' && frame < entry.layout.format.frames) {
      const chunk = await readDirect(path, entry.layout, frame)
      return chunk === undefined ? sentenceChunk(UNREADABLE, index) : samplesChunk(chunk, index)
    }
    const result = await pool.run({ kind: 'frame', path, frame }, signal)
    if ('buffer' in result) return samplesChunk(new Uint8Array(result.buffer), index)
    return sentenceChunk('failure' in result ? result.failure : UNREADABLE, index)
  }

  async function draw(instanceId: number): Promise<Uint8Array | undefined> {
    const [stored] = await options.locate([instanceId])
    if (stored === undefined) return undefined
    const result = await pool.run({ kind: 'thumbnail', path: stored.path, frame: 0 })
    const png = 'buffer' in result ? new Uint8Array(result.buffer) : NO_PICTURE
    thumbnails.set(instanceId, png, png.length + 64)
    return png.length > 0 ? png : undefined
  }

  return {
    firstFrame: async (stored, signal) => samplesOf(await frameChunk(stored, 0, 0, signal)),
    frames: (request, signal) => frameStream(request.frames, options.locate, frameChunk, signal),
    thumbnail: async (instanceId) => {
      const kept = thumbnails.get(instanceId)
      if (kept !== undefined) return kept.length > 0 ? kept : undefined
      const running = drawing.get(instanceId) ?? draw(instanceId).finally(() => drawing.delete(instanceId))
      drawing.set(instanceId, running)
      return running
    },
    overlay: async (instanceId, frame) => {
      const [stored] = await options.locate([instanceId])
      const result = stored && (await pool.run({ kind: 'overlay', path: stored.path, frame }))
      return result && 'buffer' in result ? new Uint8Array(result.buffer) : undefined
    },
    content: async (instanceId) => {
      const [stored] = await options.locate([instanceId])
      const result = stored && (await pool.run({ kind: 'content', path: stored.path, frame: 0 }))
      if (!result) return undefined
      if ('buffer' in result) return new Uint8Array(result.buffer)
      return 'failure' in result && result.failure !== '' ? result.failure : UNREADABLE
    },
    dataElements: async (path) => {
      const result = await pool.run({ kind: 'elements', path, frame: 0 })
      return 'buffer' in result ? { failure: UNREADABLE } : result
    },
    close: () => pool.close(),
  }
}
