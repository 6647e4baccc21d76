import type { Wire } from '#shared/contract/wire.ts'
import { portWire } from './portWire.ts'
import { openSocket, socketWire } from './socketWire.ts'

/** The workstation runs but does not know this page: its token is of another run. */
export class SessionRefused extends Error {}

/** One connection to the workstation: a MessagePort in the desktop program, a WebSocket in a browser. */
export function openWire(): Promise<Wire> {
  return location.protocol === 'app:' ? openPort() : openWebSocket()
}

/** The token of the address; null once it is exchanged for the cookie, which outlives a reload. */
let token: string | null | undefined

// The address of a new run, put into a page of the run before: a browser changes nothing but the fragment then.
if (typeof window !== 'undefined')
  window.addEventListener('hashchange', () => location.hash.startsWith('#token=') && location.reload())

async function openWebSocket(): Promise<Wire> {
  token ??= new URLSearchParams(location.hash.slice(1)).get('token')
  if (token) {
    // Out of the address bar and the history before anything else.
    history.replaceState(null, '', location.pathname + location.search)
    const answer = await fetch('session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    // A refused token may stand beside a cookie that is good; the socket decides.
    if (answer.ok || answer.status < 500) token = null
  }
  const url = new URL('wire', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.hash = ''
  try {
    return socketWire(await openSocket(url.href))
  } catch (error) {
    // A refused upgrade and a missing host look the same to a page; a plain request tells them apart.
    const answer = await fetch('data/thumbnail/0', { method: 'HEAD' }).catch(() => undefined)
    if (answer && (answer.status === 401 || answer.status === 403)) throw new SessionRefused()
    throw error
  }
}

function openPort(): Promise<Wire> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent) => {
      const [port] = event.ports
      if (event.source !== window || event.data !== 'negatoscope:wire' || !port) return
      window.removeEventListener('message', receive)
      resolve(portWire(port))
    }
    window.addEventListener('message', receive)
    window.postMessage('negatoscope:connect', location.origin)
  })
}
