import type { IncomingMessage } from 'node:http'
import type { OnReadOpts, Socket } from 'node:net'

/** What the system holds for a connection is taken in few calls, and stays in a processor's cache. */
const READ_BYTES = 256 * 1024

const taps = new WeakMap<Socket, Tap>()

/**
 * What a connection brings lands in one piece of memory, again and again. HTTP gets copies of it, as it would without us;
 * an answer that lasts until the connection ends can be tapped: then its bytes are told where they lie. Buffers for
 * hundreds of megabytes would otherwise be made twice (the socket's, the parser's), and clearing them away takes a third
 * of the time of a retrieve.
 */
export class Tap {
  readonly onread: OnReadOpts
  private socket: Socket | undefined
  private sink: ((bytes: Buffer) => void) | undefined

  constructor() {
    this.onread = {
      buffer: Buffer.allocUnsafeSlow(READ_BYTES),
      callback: (count, memory) => {
        this.tell(Buffer.from(memory.buffer, memory.byteOffset, count))
        return true
      },
    }
  }

  of(socket: Socket): void {
    this.socket = socket
    taps.set(socket, this)
  }

  /** Bytes live until `sink` returns. */
  open(sink: (bytes: Buffer) => void): void {
    this.sink = sink
  }

  private tell(bytes: Buffer): void {
    if (this.sink) this.sink(bytes)
    else this.socket?.emit('data', Buffer.from(bytes))
  }
}

/**
 * Of an answer without length or chunks: RFC 9112 6.3, case 8. What follows its head is nothing but its body, to the end
 * of the connection, which nobody uses again.
 */
export function tapOf({ headers, socket }: IncomingMessage): Tap | undefined {
  const isFramed = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
  return isFramed ? undefined : taps.get(socket)
}
