import { createServer, type Server, type Socket } from 'node:net'
import type { Archive } from '#electron/archive/openArchive.ts'
import { Frames, framed } from './frames.ts'
import { refuseOverlong, takeMessage } from './takeMessage.ts'

const CONNECTIONS_MAX = 20
const IDLE_MS = 10 * 60 * 1000
/** A message that has begun must come on. */
const WITHIN_MESSAGE_MS = 30_000

/** Orders over MLLP. One message of a connection after the other: an acknowledgement belongs to the last one sent. */
export class MllpServer {
  private readonly desk: Pick<Archive, 'reader' | 'writer'>
  private readonly server: Server
  private readonly sockets = new Set<Socket>()

  private constructor(desk: Pick<Archive, 'reader' | 'writer'>) {
    this.desk = desk
    this.server = createServer((socket) => this.serve(socket))
    this.server.maxConnections = CONNECTIONS_MAX
  }

  /** Rejects as `listen` of node:net does: EADDRINUSE, EACCES. */
  static async listen(
    desk: Pick<Archive, 'reader' | 'writer'>,
    { port, host }: { port: number; host: string | undefined },
  ): Promise<MllpServer> {
    const mllp = new MllpServer(desk)
    await new Promise<void>((resolve, reject) => {
      mllp.server.once('error', reject)
      mllp.server.listen(host === undefined ? { port } : { port, host }, resolve)
    })
    mllp.server.on('error', () => {})
    return mllp
  }

  get port(): number {
    const address = this.server.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket)
    socket.setNoDelay(true)
    socket.setTimeout(IDLE_MS, () => socket.destroy())
    socket.on('error', () => {})
    socket.on('close', () => this.sockets.delete(socket))
    const frames = new Frames()
    const address = socket.remoteAddress ?? ''
    let turn: Promise<void> = Promise.resolve()
    socket.on('data', (chunk) => {
      for (const frame of frames.take(chunk)) {
        // What is not answered yet is not read either: a sender that does not wait fills no memory here.
        socket.pause()
        turn = turn
          .then(() =>
            frame.kind === 'message'
              ? takeMessage(this.desk, frame.bytes, address)
              : refuseOverlong(this.desk, address),
          )
          .then((answer) => void socket.write(framed(answer)))
          // Without an acknowledgement the sender sends again, as it must when nothing was kept.
          .catch(() => void socket.destroy())
          .then(() => void socket.resume())
      }
      socket.setTimeout(frames.isInside ? WITHIN_MESSAGE_MS : IDLE_MS)
    })
  }
}
