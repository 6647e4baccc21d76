import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

/** What no well-known service listens on begins here. */
const FIRST = 20_000
/** Two test processes begin so far from each other; neighbours in time have neighbouring process ids. */
const APART = 97
let given = 0

/**
 * A port that nobody listens on now, nor later by chance: not one of those that the system gives away by itself, to the
 * listeners and calls of the tests that run beside this one.
 */
export async function freePort(): Promise<number> {
  const count = systemsFirst() - FIRST
  for (let tries = 0; tries < Math.min(count, 500); tries += 1) {
    const port = FIRST + ((process.pid * APART + given) % count)
    given += 1
    if ((await listenOnce(port)) === port) return port
  }
  return (await listenOnce(0)) ?? 0
}

/** The first port that the system gives away: Linux says it; the others keep to RFC 6335. */
function systemsFirst(): number {
  try {
    return Number(/^\d+/.exec(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8'))?.[0])
  } catch {
    return 49_152
  }
}

/** On every address, as some peers listen. Undefined where somebody else does. */
async function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer().listen(port, '0.0.0.0')
  try {
    await once(server, 'listening')
  } catch {
    return undefined
  }
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' ? address?.port : undefined
}
