import { createServer, type Server, type Socket } from 'node:net'
import type { Archive } from '#electron/archive/openArchive.ts'
import { converse } from './converse.ts'
import { type Frame, Frames } from './frames.ts'
import { noteBrokenOff, refuseOverlong, takeMessage } from './takeMessage.ts'

const CONNECTIONS_MAX = 20

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
    const open = [...this.sockets]
    this.sockets.clear()
    for (const socket of open) socket.destroy()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('timeout', () => socket.destroy())
    socket.on('error', () => {})
    const frames = new Frames()
    const address = socket.remoteAddress ?? ''
    const underWay = converse({
      ...{ stream: socket, frames },
      answer: (frame) => this.answer(frame, address),
      setPatience: (timeoutMs) => void socket.setTimeout(timeoutMs),
    })
    socket.on('close', () => {
      // What we end ourselves was not broken off by the sender.
      if (!this.sockets.delete(socket)) return
      void underWay()
        .then(() => (frames.isInside ? noteBrokenOff(this.desk, address) : undefined))
        .catch(() => {})
    })
  }

  private async answer(frame: Frame, address: string): Promise<string | undefined> {
    if (frame.kind === 'message') return takeMessage(this.desk, frame.bytes, address)
    if (frame.kind === 'too-long') return refuseOverlong(this.desk, address)
    await noteBrokenOff(this.desk, address)
    return undefined
  }
}
