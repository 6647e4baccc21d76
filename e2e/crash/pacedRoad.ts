import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands once in each image, and in no query or answer. */
const MARK = Buffer.from('MONOCHROME2')

/** A road between a PACS and us: it has a pace, counts the images that are carried on it, and can be closed. */
export interface PacedRoad extends AsyncDisposable {
  port: number
  /** Whose beginning went past, either way. */
  images(): number
  /** Breaks what is on it off, and lets nobody on. */
  close(): void
  open(): void
}

export async function pacedRoad(targetPort: number, msAnImage: number): Promise<PacedRoad> {
  const sockets = new Set<Socket>()
  let images = 0
  let isOpen = true
  const hold = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  const carry = async (from: Socket, to: Socket) => {
    let before = Buffer.alloc(0)
    for await (const chunk of from as AsyncIterable<Buffer>) {
      const seen = countOf(MARK, Buffer.concat([before, chunk]))
      before = Buffer.from(chunk.subarray(-(MARK.length - 1)))
      images += seen
      if (!to.write(chunk)) await Promise.race([once(to, 'drain'), once(to, 'close')])
      if (seen > 0) await new Promise((resolve) => setTimeout(resolve, seen * msAnImage))
    }
    to.end()
  }
  const server = createServer({ allowHalfOpen: true }, (near) => {
    hold(near)
    if (!isOpen) return void near.destroy()
    const far = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true })
    hold(far)
    const end = () => {
      near.destroy()
      far.destroy()
    }
    void carry(near, far).catch(end)
    void carry(far, near).catch(end)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const breakOff = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    images: () => images,
    close() {
      isOpen = false
      breakOff()
    },
    open() {
      isOpen = true
    },
    async [Symbol.asyncDispose]() {
      breakOff()
      server.close()
      await once(server, 'close')
    },
  }
}

function countOf(mark: Buffer, bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) count += 1
  return count
}
