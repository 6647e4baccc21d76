import { once } from 'node:events'
import { WebSocket } from 'ws'
import { socketWire } from '#electron/headless/socketWire.ts'
import { type Client, createClient } from '#shared/contract/client.ts'
import { contract, type WorkstationContract } from '#shared/contract/index.ts'

export interface Connection extends Disposable {
  ask: Client<WorkstationContract>
  /** A request to the data plane, with the session's cookie. */
  data(path: string, init?: RequestInit): Promise<Response>
}

/** Talks to a running host as its page does: token, cookie, WebSocket. */
export async function connect(url: string): Promise<Connection> {
  const { origin, hash } = new URL(url)
  const session = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token: new URLSearchParams(hash.slice(1)).get('token') }),
  })
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0]
  if (!session.ok || !cookie) throw new Error(`No session: ${session.status} ${await session.text()}`)
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/wire`, { headers: { cookie, origin } })
  await once(socket, 'open')
  return {
    ask: createClient(contract, socketWire(socket)),
    data: (path, init = {}) => fetch(`${origin}${path}`, { ...init, headers: { ...init.headers, cookie, origin } }),
    [Symbol.dispose]: () => socket.terminate(),
  }
}
