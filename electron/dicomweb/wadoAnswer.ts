import type { IncomingMessage } from 'node:http'
import { hasRoom } from '#electron/archive/hasRoom.ts'
import type { ImportFile } from '#electron/transfers/importFile.ts'
import { PART_BYTES_MAX } from './bounds.ts'
import { readMediaType } from './mediaType.ts'
import { MultipartError, MultipartReader } from './multipart.ts'
import { finishPart, type Received } from './partSink.ts'
import { pour } from './pour.ts'
import type { WebServer } from './webApi.ts'
import { badAnswer, lost } from './webFailure.ts'

export interface PartTarget {
  folder(): string
  minFreeBytes: number
  /** A new file of the archive; only images of this study are taken into it. */
  begin(studyInstanceUID: string): ImportFile
}

interface WadoAnswerParts {
  server: WebServer
  target: PartTarget
  asked: { studyInstanceUID: string; sopInstanceUID: string | undefined }
}

/** Come whole, and on their way to disk and index: what a kill may lose. */
const FINISHING_MAX = 16
const LOOK_FOR_ROOM_EVERY = 64 * 1024 * 1024

/** The images of one answer, each into a file of the archive as its bytes come; none is held as a whole. */
export class WadoAnswer {
  count = 0
  private readonly parts: WadoAnswerParts
  private readonly tell: (event: Received) => void
  private readonly finishing = new Set<Promise<void>>()
  private file: ImportFile | undefined
  private announced: number | undefined
  private bytes = 0
  private sinceLook = Number.POSITIVE_INFINITY
  private problem = ''

  constructor(parts: WadoAnswerParts, tell: (event: Received) => void) {
    this.parts = parts
    this.tell = tell
  }

  /** Rejects where the answer is no DICOM, or breaks off: what had come whole is kept by then. `room`: to wait for. */
  async read(response: IncomingMessage, signal: AbortSignal, room: () => Promise<void> | undefined): Promise<void> {
    const { server } = this.parts
    try {
      const reader = this.readerOf(response)
      await pour(response, server, signal, {
        take: (bytes) => reader.push(bytes),
        room: () => (this.finishing.size >= FINISHING_MAX ? Promise.race(this.finishing) : room()),
      })
      if (!reader.isClosed) throw lost(server, 'no last boundary')
    } catch (error) {
      response.destroy()
      if (!(error instanceof MultipartError)) throw error
      throw badAnswer(`${server.name} answers with a multipart that cannot be read: ${error.message}.`, 'multipart')
    } finally {
      this.file?.discard()
      this.file = undefined
      await Promise.all(this.finishing)
    }
  }

  private readerOf(response: IncomingMessage): Pick<MultipartReader, 'push' | 'isClosed'> {
    const { server } = this.parts
    const encoding = response.headers['content-encoding'] ?? 'identity'
    if (encoding !== 'identity')
      throw badAnswer(`${server.name} packs images as "${encoding.slice(0, 40)}", which nobody asked for.`, encoding)
    const { type, parameters } = readMediaType(response.headers['content-type'])
    if (type === 'application/dicom') return this.single(response)
    if (type !== 'multipart/related')
      throw badAnswer(
        `${server.name} answers with ${type || 'something nameless'} instead of images. Check the path of its web address.`,
        type || 'no content type',
      )
    return new MultipartReader(parameters.get('boundary') ?? '', {
      begin: (headers) => this.begin(headers),
      data: (bytes) => this.data(bytes),
      end: () => this.end(),
    })
  }

  /** One image that comes without a multipart around it. */
  private single(response: IncomingMessage): Pick<MultipartReader, 'push' | 'isClosed'> {
    this.begin(new Map([['content-type', 'application/dicom']]))
    const end = () => {
      if (!this.file && this.count > 0) return true
      if (!response.complete || this.bytes === 0) return false
      this.end()
      return true
    }
    return {
      push: (bytes) => this.data(bytes),
      get isClosed() {
        return end()
      },
    }
  }

  private begin(headers: ReadonlyMap<string, string>): void {
    const { target, asked } = this.parts
    this.bytes = 0
    const { type } = readMediaType(headers.get('content-type') ?? 'application/dicom')
    const coding = headers.get('content-transfer-encoding')?.toLowerCase() ?? 'binary'
    const length = headers.get('content-length') ?? ''
    this.announced = /^\d{1,15}$/.test(length) ? Number(length) : undefined
    this.problem =
      type !== 'application/dicom'
        ? `This part is ${type || 'something nameless'}, no DICOM file.`
        : !['binary', '8bit', '7bit'].includes(coding)
          ? `This part is written as ${coding.slice(0, 40)}, which HTTP has no use for.`
          : ''
    this.file = target.begin(asked.studyInstanceUID)
  }

  private data(bytes: Buffer): void {
    this.bytes += bytes.length
    this.sinceLook += bytes.length
    if (this.bytes > PART_BYTES_MAX) throw new MultipartError('an image is larger than 8 GB')
    if (this.problem !== '') return // the rest is read and dropped
    if (this.sinceLook > LOOK_FOR_ROOM_EVERY) this.lookForRoom()
    this.file?.write(bytes)
  }

  private lookForRoom(): void {
    const { folder, minFreeBytes } = this.parts.target
    this.sinceLook = 0
    if (!hasRoom(folder(), minFreeBytes)) this.file?.refuseFull()
  }

  private end(): void {
    const { file, announced, problem } = this
    if (!file) return
    this.file = undefined
    this.count += 1
    const isForged = announced !== undefined && announced !== this.bytes
    const why = problem || (isForged ? `It says ${announced} bytes and brings ${this.bytes}: not to be trusted.` : '')
    if (why !== '') file.reject(why)
    const { server, asked } = this.parts
    const source = { kind: 'retrieve' as const, callingAETitle: '', address: server.host, at: Date.now() }
    const done: Promise<void> = finishPart(file, source, asked)
      .then(this.tell)
      .finally(() => this.finishing.delete(done))
    this.finishing.add(done)
  }
}
