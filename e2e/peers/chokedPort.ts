import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A port that passes on to another what comes, but no more than so many bytes: whoever sends then stands still. */
export async function startChokedPort(onwards: number, mostBytes: number): Promise<AsyncDisposable & { port: number }> {
  const sockets: Socket[] = []
  const server = createServer((from) => {
    const to = connect(onwards, '127.0.0.1')
    sockets.push(from, to)
    for (const socket of [from, to]) socket.on('error', () => {})
    let passedBytes = 0
    from.on('data', (chunk: Buffer) => {
      passedBytes += chunk.length
      to.write(chunk)
      if (passedBytes > mostBytes) from.pause()
    })
    from.on('end', () => to.end())
    to.pipe(from)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
