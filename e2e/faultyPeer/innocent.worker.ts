import { connect } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { releaseRequest, request, verification } from './bytes.ts'
import { commandPdu, echoRequest } from './command.ts'

/** A device that means well: an association, an echo and a release, again and again, timed. */
export interface InnocentEcho {
  elapsedMs: number
  ok: boolean
  /** How far it came. */
  at: 'connection' | 'association' | 'echo' | 'release'
}

/** Another device than the faulty one: another address. Linux has all of 127.0.0.0/8. */
const INNOCENT_ADDRESS = '127.0.0.2'
const EVERY_MS = 25
const AGAIN_MS = 50
const GIVEN_UP_MS = 5000
/** PS3.8 Table 9-21: rejected-transient. */
const TRANSIENT = 2
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Also when all associations are taken: it asks again, and its time goes on. */
async function echoAtLast(port: number): Promise<InnocentEcho> {
  const startedAt = performance.now()
  for (;;) {
    const at = await echoOnce(port)
    const elapsedMs = performance.now() - startedAt
    if (at === 'end') return { elapsedMs, ok: true, at: 'release' }
    if (at !== 'refused for now') return { elapsedMs, ok: false, at }
    if (elapsedMs > GIVEN_UP_MS) return { elapsedMs, ok: false, at: 'association' }
    await pause(AGAIN_MS)
  }
}

function echoOnce(port: number): Promise<InnocentEcho['at'] | 'refused for now' | 'end'> {
  return new Promise((resolve) => {
    let at: InnocentEcho['at'] = 'connection'
    const socket = connect({ port, host: '127.0.0.1', localAddress: INNOCENT_ADDRESS, noDelay: true })
    const finish = (how: Awaited<ReturnType<typeof echoOnce>> = at) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(how)
    }
    const timer = setTimeout(finish, GIVEN_UP_MS)
    socket.on('connect', () => {
      at = 'association'
      socket.write(request({ contexts: [verification], callingAETitle: 'INNOCENT' }))
    })
    // Each answer is a small PDU that arrives in one piece.
    socket.on('data', (bytes) => {
      const type = bytes[0]
      if (type === 2) {
        at = 'echo'
        socket.write(commandPdu(1, echoRequest()))
      } else if (type === 4) {
        at = 'release'
        socket.write(releaseRequest)
      } else if (type === 6) finish('end')
      else finish(type === 3 && bytes[7] === TRANSIENT ? 'refused for now' : at)
    })
    socket.on('error', () => finish())
    socket.on('close', () => finish())
  })
}

const { port } = workerData as { port: number }
for (;;) {
  parentPort?.postMessage(await echoAtLast(port))
  await pause(EVERY_MS)
}
