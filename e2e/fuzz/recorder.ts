import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type Side, Splitter, type Tape } from './tape.ts'

/** Stands between two peers, passes on what they say, and keeps it. */
export async function startRecorder(targetPort: number) {
  const tapes: Tape[] = []
  const sockets = new Set<Socket>()
  let name = ''
  const server = createServer((caller) => {
    const called = connect({ port: targetPort, host: '127.0.0.1', noDelay: true })
    const tape: Tape = { name, pdus: [] }
    tapes.push(tape)
    listen(caller, called, 'caller', tape)
    listen(called, caller, 'called', tape)
  })

  function listen(from: Socket, to: Socket, side: Side, tape: Tape): void {
    const splitter = new Splitter()
    sockets.add(from)
    from.setNoDelay(true)
    from.on('data', (bytes: Buffer) => {
      for (const pdu of splitter.feed(bytes)) tape.pdus.push({ from: side, bytes: pdu })
      to.write(bytes)
    })
    from.on('error', () => {})
    from.on('close', () => {
      sockets.delete(from)
      to.destroySoon()
    })
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    /** What comes from now on is called this. */
    name(next: string): void {
      name = next
    },
    tapes: (): Tape[] => tapes.filter(({ pdus }) => pdus.length > 1),
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
