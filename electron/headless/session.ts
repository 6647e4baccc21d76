import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * Who may talk to the page's port. The token stands in the URL's fragment, so no server, log or referrer ever sees it;
 * the page exchanges it at once for an HttpOnly cookie. Both are valid for the life of this process.
 */
export class Session {
  readonly token = randomBytes(24).toString('base64url')
  private readonly cookie = randomBytes(24).toString('base64url')
  private readonly name: string

  /** Cookies ignore ports: the name carries it, so that two workstations in one browser do not sign each other out. */
  constructor(port: number) {
    this.name = `negatoscope-${port}`
  }

  /** The Set-Cookie header for the right token, undefined for a wrong one. */
  exchange(token: string): string | undefined {
    if (!same(token, this.token)) return undefined
    return `${this.name}=${this.cookie}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** True when the request carries our cookie. */
  holds(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim())
    return cookies.some(
      (part) => part.startsWith(`${this.name}=`) && same(part.slice(this.name.length + 1), this.cookie),
    )
  }
}

/**
 * Refuses what a foreign page in the same browser could send: a Host that is not the loopback name that we printed
 * (DNS rebinding), or an Origin that is not our own page.
 */
export function comesFromOurPage(request: IncomingMessage, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  if (!hosts.includes(request.headers.host ?? '')) return false
  const { origin } = request.headers
  return origin === undefined || hosts.some((host) => origin === `http://${host}`)
}

function same(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
