import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import type { WebServer } from '../webApi.ts'

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** For tests: a web site on the loopback that answers as the case wants, and remembers what it was told. */
export async function openSite(answer: Answer) {
  const requests: { url: string; authorization: string }[] = []
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', authorization: request.headers.authorization ?? '' })
    request.resume()
    response.on('error', () => {})
    answer(request, response)
  })
  const { port, close } = await listen(server)
  return { port, requests, close }
}

/** One that is no HTTP server: `speak` gets the connection. */
export async function openRaw(speak: (socket: Socket) => void) {
  return listen(createTcpServer(speak))
}

async function listen(server: Server) {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {})
    open.add(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    for (const socket of open) socket.destroy()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { port: (server.address() as AddressInfo).port, close }
}

export function webServerAt(port: number, more: Partial<WebServer> = {}): WebServer {
  return {
    ...{ serverId: 1, name: 'Northview', origin: `http://127.0.0.1:${port}`, host: '127.0.0.1', port, tls: undefined },
    ...{ dicomwebPath: '/dicom-web', orthancPath: undefined, authentication: 'basic', user: 'ward' },
    ...{
      connectTimeoutMs: 10_000,
      answerTimeoutMs: 10_000,
      cacheThreshold: 50,
      authorization: 'Basic d2FyZDpodW50ZXIy',
    },
    ...more,
  }
}
