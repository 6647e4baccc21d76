import { BOUNDARY_CHARACTERS_MAX, PART_HEAD_BYTES_MAX, PARTS_MAX, PREAMBLE_BYTES_MAX } from './bounds.ts'

export interface PartHandler {
  begin(headers: ReadonlyMap<string, string>): void
  data(bytes: Buffer): void
  end(): void
}

/** The stream is no multipart, or breaks a bound; `message` says what, without a full stop. */
export class MultipartError extends Error {}

const CRLF = Buffer.from('\r\n')
const HEAD_END = Buffer.from('\r\n\r\n')
const DASH = 0x2d

/**
 * RFC 2046 5.1, as the bytes come: of a part no more is held than a boundary is long. The handler gets each part in pieces
 * that live until it returns.
 */
export class MultipartReader {
  private readonly delimiter: Buffer
  private readonly handler: PartHandler
  /** The line break before the first boundary may be missing. */
  private held: Buffer = CRLF
  private state: 'preamble' | 'after-boundary' | 'head' | 'body' | 'closed' = 'preamble'
  private skipped = 0
  private parts = 0
  /** Of the line break that ends the headers as many bytes as have not been left out yet. */
  private breakLeft = 0

  constructor(boundary: string, handler: PartHandler) {
    if (!/^[\w'()+,./:=? -]+$/.test(boundary) || boundary.length > BOUNDARY_CHARACTERS_MAX || boundary.endsWith(' '))
      throw new MultipartError('its boundary is none')
    this.delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1')
    this.handler = handler
  }

  get isClosed(): boolean {
    return this.state === 'closed'
  }

  push(chunk: Buffer): void {
    let bytes = this.withHeld(chunk)
    for (;;) {
      const rest = this.step(bytes)
      if (rest === undefined) break
      bytes = rest
    }
  }

  /** Inside a part what was held is told first, so that the chunk needs no copy: only a boundary across both does. */
  private withHeld(chunk: Buffer): Buffer {
    const { held, delimiter } = this
    if (held.length === 0) return chunk
    const seam = delimiter.length - 1
    if (this.state !== 'body' || this.breakLeft > 0 || chunk.length < seam) return Buffer.concat([held, chunk])
    const across = Buffer.concat([held, chunk.subarray(0, seam)])
    if (across.indexOf(delimiter) >= 0) return Buffer.concat([held, chunk])
    this.held = Buffer.alloc(0)
    this.tell(held)
    return chunk
  }

  /** What is left after one step; undefined when more bytes are needed (they are held). */
  private step(bytes: Buffer): Buffer | undefined {
    if (this.state === 'preamble') return this.preamble(bytes)
    if (this.state === 'after-boundary') return this.afterBoundary(bytes)
    if (this.state === 'head') return this.head(bytes)
    if (this.state === 'body') return this.body(bytes)
    // RFC 2046: what follows the last boundary is to be ignored.
    this.held = Buffer.alloc(0)
    return undefined
  }

  private preamble(bytes: Buffer): Buffer | undefined {
    const at = bytes.indexOf(this.delimiter)
    if (at >= 0) {
      this.state = 'after-boundary'
      return bytes.subarray(at + this.delimiter.length)
    }
    const keep = Math.min(bytes.length, this.delimiter.length - 1)
    this.skipped += bytes.length - keep
    if (this.skipped > PREAMBLE_BYTES_MAX)
      throw new MultipartError('no boundary comes where the first part should begin')
    this.hold(bytes, keep)
    return undefined
  }

  private afterBoundary(bytes: Buffer): Buffer | undefined {
    if (bytes.length < 2) return this.hold(bytes, bytes.length)
    if (bytes[0] === DASH && bytes[1] === DASH) {
      this.state = 'closed'
      return bytes.subarray(2)
    }
    const at = bytes.indexOf(CRLF)
    if (at < 0 && bytes.length <= BOUNDARY_CHARACTERS_MAX) return this.hold(bytes, bytes.length)
    if (at < 0 || at > BOUNDARY_CHARACTERS_MAX || !/^[ \t]*$/.test(bytes.toString('latin1', 0, at)))
      throw new MultipartError('a boundary is followed by something else')
    this.parts += 1
    if (this.parts > PARTS_MAX) throw new MultipartError('it has more parts than a study has images')
    this.state = 'head'
    // The line break stays: a part without any header has an empty line right here.
    return bytes.subarray(at)
  }

  private head(bytes: Buffer): Buffer | undefined {
    const at = bytes.indexOf(HEAD_END)
    if (at > PART_HEAD_BYTES_MAX || (at < 0 && bytes.length > PART_HEAD_BYTES_MAX))
      throw new MultipartError('the headers of a part do not end')
    if (at < 0) return this.hold(bytes, bytes.length)
    this.state = 'body'
    this.breakLeft = CRLF.length
    this.handler.begin(headersOf(bytes.toString('latin1', 0, at)))
    // The second line break may be the one before a boundary: a part may be empty.
    return bytes.subarray(at + CRLF.length)
  }

  private body(bytes: Buffer): Buffer | undefined {
    const at = bytes.indexOf(this.delimiter)
    if (at >= 0) {
      this.tell(bytes.subarray(0, at))
      this.handler.end()
      this.state = 'after-boundary'
      return bytes.subarray(at + this.delimiter.length)
    }
    const keep = Math.min(bytes.length, this.delimiter.length - 1)
    this.tell(bytes.subarray(0, bytes.length - keep))
    return this.hold(bytes, keep)
  }

  private tell(piece: Buffer): void {
    const without = Math.min(this.breakLeft, piece.length)
    this.breakLeft -= without
    if (piece.length > without) this.handler.data(piece.subarray(without))
  }

  private hold(bytes: Buffer, count: number): undefined {
    this.held = count === 0 ? Buffer.alloc(0) : Buffer.from(bytes.subarray(bytes.length - count))
    return undefined
  }
}

function headersOf(text: string): Map<string, string> {
  const headers = new Map<string, string>()
  for (const line of text.split('\r\n')) {
    const at = line.indexOf(':')
    if (at > 0) headers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim())
  }
  return headers
}
