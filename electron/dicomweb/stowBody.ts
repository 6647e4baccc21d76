import { randomBytes } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { InstanceToSend } from '#electron/dicom/nodeApi.ts'

const CHUNK_BYTES = 256 * 1024

export interface FileToSend {
  instance: InstanceToSend
  handle: FileHandle
  /** Of the file as it stands now. */
  bytes: number
}

export interface Batch {
  files: readonly FileToSend[]
  unreadable: InstanceToSend[]
  /** The body of a request with these files; may be read again. */
  multipart(files: readonly FileToSend[]): { boundary: string; length: number; body: () => AsyncIterable<Uint8Array> }
  /** Every handle that was opened. */
  opened: readonly FileHandle[]
}

/** What cannot be read is known before the request begins: its length is announced. */
export async function openBatch(instances: readonly InstanceToSend[]): Promise<Batch> {
  const files: FileToSend[] = []
  const unreadable: InstanceToSend[] = []
  for (const instance of instances) {
    try {
      const handle = await open(instance.path, 'r')
      files.push({ instance, handle, bytes: (await handle.stat()).size })
    } catch {
      unreadable.push(instance)
    }
  }
  return { files, unreadable, multipart, opened: files.map(({ handle }) => handle) }
}

export async function closeBatch({ opened }: Batch): Promise<void> {
  await Promise.all(opened.map((handle) => handle.close().catch(() => {})))
}

/** RFC 2387: Part 10 files as they are stored, one a part. */
function multipart(files: readonly FileToSend[]) {
  const boundary = `negatoscope-${randomBytes(16).toString('hex')}`
  const head = Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`)
  const lineBreak = Buffer.from('\r\n')
  const close = Buffer.from(`--${boundary}--\r\n`)
  const length = files.reduce((sum, { bytes }) => sum + head.length + bytes + lineBreak.length, close.length)
  async function* body(): AsyncGenerator<Uint8Array> {
    for (const file of files) {
      yield head
      yield* contentOf(file)
      yield lineBreak
    }
    yield close
  }
  return { boundary, length, body }
}

async function* contentOf({ handle, bytes }: FileToSend): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes; ) {
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, bytes - at))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at)
    if (bytesRead === 0) throw new Error('A stored file became shorter while it was sent')
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}
