import type { z } from 'zod'
import type { Endpoint, NodeApi, NodeConfiguration } from '#electron/dicom/nodeApi.ts'
import { Changes } from '#electron/settings/changes.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { listening } from '#shared/contract/settings.ts'
import { type Opened, Place } from './place.ts'

export type Listening = z.infer<typeof listening>

const RETRY_MS = 500
/** A port that another program has may come free: nobody should have to restart for that. */
const PORT_RETRY_MS = 5000

export interface ListenerParts {
  node: Remote<NodeApi>
  /** What the node shall run with now. */
  configuration(): Promise<NodeConfiguration>
  /** Where to listen now; undefined until a person, or the command line, has confirmed name and port. */
  endpoint(): Endpoint | undefined
  /** The same for callers over TLS; `problem` where it is switched on and cannot be opened. */
  secure?(): { endpoint?: Endpoint; problem?: string }
  /** Confirmed, and switched off all the same. */
  isOff?(): boolean
  portRetryMs?: number
}

/**
 * Keeps the DICOM listener as the settings say: configures the node, opens the port, moves it when the port changes.
 * A port that cannot be opened is a state with a sentence, never a crash: the rest of the workstation goes on.
 */
export class Listener {
  private readonly parts: ListenerParts
  private readonly changes = new Changes()
  private current: Listening = { state: 'not-yet' }
  private readonly plain: Place
  private readonly secure: Place
  private turn: Promise<void> = Promise.resolve()
  private closed = false
  private portRetry: NodeJS.Timeout | undefined

  constructor(parts: ListenerParts) {
    this.parts = parts
    this.plain = new Place(parts.node, false)
    this.secure = new Place(parts.node, true)
  }

  state(): Listening {
    return this.current
  }

  onChange(listener: () => void): () => void {
    return this.changes.onChange(listener)
  }

  /** Applies the settings as they are now. Calls queue up; the last one wins. */
  apply(): Promise<void> {
    this.turn = this.turn.then(() => this.applyNow()).catch((error: unknown) => this.tryAgain(error))
    return this.turn
  }

  /** A thread was on its way up again: what could not be asked now is asked in a moment. */
  private tryAgain(error: unknown): void {
    if (this.closed) return
    if (this.current.state !== 'listening') {
      this.become({ state: 'failed', sentence: `The receiver is starting again (${(error as Error).message}).` })
    }
    setTimeout(() => void this.apply(), RETRY_MS).unref()
  }

  /** From here on nothing is opened again. */
  close(): void {
    this.closed = true
  }

  private async applyNow(): Promise<void> {
    if (this.closed) return
    const configuration = await this.parts.configuration()
    await this.parts.node.configure(configuration)
    const { aeTitle } = configuration
    const plain = await this.plain.want(this.parts.endpoint())
    const { endpoint: secureEndpoint, problem } = this.parts.secure?.() ?? {}
    const secure = (await this.secure.want(secureEndpoint)) ?? (problem ? { problem } : undefined)
    this.become(stateOf(aeTitle, plain, secure, this.parts.isOff?.() ?? false))
    clearTimeout(this.portRetry)
    if (!plain?.problem && !(secureEndpoint && secure?.problem)) return
    this.portRetry = setTimeout(() => void this.apply(), this.parts.portRetryMs ?? PORT_RETRY_MS).unref()
  }

  private become(next: Listening): void {
    this.current = next
    this.changes.tell()
  }
}

/** `port` is the one without TLS; that for TLS where only that one is open. */
function stateOf(aeTitle: string, plain: Opened, secure: Opened, isOff: boolean): Listening {
  if (plain?.problem) return { state: 'failed', sentence: plain.problem }
  const port = plain?.port ?? secure?.port
  if (port !== undefined) {
    const tls = { tlsPort: secure?.port ?? null, tlsOnly: !plain, tlsProblem: secure?.problem ?? '' }
    return { state: 'listening', aeTitle, port, ...tls }
  }
  if (secure?.problem) return { state: 'failed', sentence: secure.problem }
  return isOff ? { state: 'failed', sentence: OFF } : { state: 'not-yet' }
}

const OFF = 'The port without TLS and the one for TLS are both switched off. Switch one on under Settings.'
