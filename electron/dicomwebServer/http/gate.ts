import { createHmac, randomBytes } from 'node:crypto'
import { hashPassword, isPassword } from '../passwords.ts'
import type { WebUser } from '../webApi.ts'
import { WebRefusal } from './webRefusal.ts'

const HEADER_LENGTH_MAX = 2048
/** A password that was right is not worked out again for so long: a viewer asks hundreds of times for one study. */
const REMEMBERED_MS = 10 * 60_000
const REMEMBERED_MAX = 256
/** Wrong passwords from one address within a minute; beyond, it has to wait. */
const FAILURES_MAX = 10
const FAILURE_WINDOW_MS = 60_000
const ADDRESSES_MAX = 10_000
/** Each takes 32 MB for a moment. */
const CHECKS_AT_ONCE = 2
const CHECKS_WAITING_MAX = 32

const CHALLENGE = { 'www-authenticate': 'Basic realm="Negatoscope DICOMweb", charset="UTF-8"' }

/** Who is let in: HTTP Basic (RFC 7617) against the users of the settings. */
export class Gate {
  private users: readonly WebUser[]
  private readonly key = randomBytes(32)
  private readonly remembered = new Map<string, { user: string; until: number }>()
  private readonly failures = new Map<string, { count: number; since: number }>()
  private running = 0
  private readonly waiting: (() => void)[] = []
  /** For names that nobody has: they must take as long as others. */
  private readonly nobody = hashPassword(randomBytes(16).toString('hex'))
  private readonly now: () => number

  constructor(users: readonly WebUser[], now: () => number = Date.now) {
    this.users = users
    this.now = now
  }

  admit(users: readonly WebUser[]): void {
    if (JSON.stringify(users) === JSON.stringify(this.users)) return
    this.users = users
    this.remembered.clear()
  }

  /** The name of the user; '' where nobody is asked. Throws WebRefusal: 401, 429, 503. */
  async enter(authorization: string | undefined, address: string): Promise<string> {
    if (this.users.length === 0) return ''
    const credentials = authorization === undefined ? undefined : credentialsOf(authorization)
    if (!credentials) throw new WebRefusal(401, 'Name and password of a DICOMweb user are needed.', CHALLENGE)
    const ticket = createHmac('sha256', this.key)
      .update(`${credentials.name}\n${credentials.password}`)
      .digest('base64')
    const known = this.remembered.get(ticket)
    if (known && known.until > this.now()) return known.user
    this.remembered.delete(ticket)
    this.refuseGuessing(address)
    const user = this.users.find(({ name }) => name === credentials.name)
    const hash = user?.password ?? (await this.nobody)
    const isRight = (await this.oneOfFew(() => isPassword(credentials.password, hash))) && user !== undefined
    if (!isRight || !this.users.includes(user)) {
      this.countFailure(address)
      throw new WebRefusal(401, 'Name or password is not right.', CHALLENGE)
    }
    this.remember(ticket, user.name)
    return user.name
  }

  private remember(ticket: string, user: string): void {
    this.remembered.set(ticket, { user, until: this.now() + REMEMBERED_MS })
    const [oldest] = this.remembered.keys()
    if (this.remembered.size > REMEMBERED_MAX && oldest !== undefined) this.remembered.delete(oldest)
  }

  private refuseGuessing(address: string): void {
    const failed = this.failures.get(address)
    if (!failed) return
    const passed = this.now() - failed.since
    if (passed > FAILURE_WINDOW_MS) this.failures.delete(address)
    else if (failed.count >= FAILURES_MAX) {
      const seconds = Math.max(1, Math.ceil((FAILURE_WINDOW_MS - passed) / 1000))
      throw new WebRefusal(429, 'Too many wrong passwords came from this address. Wait a minute.', {
        'retry-after': String(seconds),
      })
    }
  }

  private countFailure(address: string): void {
    const failed = this.failures.get(address) ?? { count: 0, since: this.now() }
    this.failures.set(address, { ...failed, count: failed.count + 1 })
    const [oldest] = this.failures.keys()
    if (this.failures.size > ADDRESSES_MAX && oldest !== undefined) this.failures.delete(oldest)
  }

  private async oneOfFew<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.waiting.length >= CHECKS_WAITING_MAX)
      throw new WebRefusal(503, 'Too many callers want in at the same time. Try again in a moment.', {
        'retry-after': '2',
      })
    if (this.running >= CHECKS_AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve))
    this.running += 1
    try {
      return await work()
    } finally {
      this.running -= 1
      this.waiting.shift()?.()
    }
  }
}

function credentialsOf(header: string): { name: string; password: string } | undefined {
  const match = header.length > HEADER_LENGTH_MAX ? null : /^basic +([\w+/=-]+) *$/i.exec(header)
  const text = match ? Buffer.from(match[1] ?? '', 'base64').toString('utf8') : ''
  const at = text.indexOf(':')
  return at < 0 ? undefined : { name: text.slice(0, at), password: text.slice(at + 1) }
}
