import type { Socket } from 'node:net'

/** All in all, and from one address: a browser has six for each page. */
const CONNECTIONS_MAX = 256
const OF_ONE_ADDRESS_MAX = 64

/** Who is connected; one address cannot keep the others out. */
export class Connections {
  private readonly open = new Map<Socket, string>()

  /** False, and closed: there are too many. */
  take(socket: Socket): boolean {
    const address = socket.remoteAddress ?? ''
    const own = [...this.open.values()].filter((each) => each === address).length
    if (this.open.size >= CONNECTIONS_MAX || own >= OF_ONE_ADDRESS_MAX) {
      socket.destroy()
      return false
    }
    this.open.set(socket, address)
    socket.once('close', () => this.open.delete(socket))
    return true
  }

  closeAll(): void {
    for (const socket of this.open.keys()) socket.destroy()
  }
}
