import type { z } from 'zod'
import type { NodeApi, NodeConfiguration } from '#electron/dicom/nodeApi.ts'
import { Changes } from '#electron/settings/changes.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { listening } from '#shared/contract/settings.ts'
import { listenSentence } from './listenSentence.ts'

export type Listening = z.infer<typeof listening>

const RETRY_MS = 500
/** A port that another program has may come free: nobody should have to restart for that. */
const PORT_RETRY_MS = 5000

export interface ListenerParts {
  node: Remote<NodeApi>
  /** What the node shall run with now. */
  configuration(): Promise<NodeConfiguration>
  /** Where to listen now; undefined until a person, or the command line, has confirmed name and port. */
  endpoint(): { host: string | undefined; port: number } | undefined
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
  private opened: { host: string | undefined; port: number } | undefined
  private turn: Promise<void> = Promise.resolve()
  private closed = false
  private portRetry: NodeJS.Timeout | undefined

  constructor(parts: ListenerParts) {
    this.parts = parts
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
    const endpoint = this.parts.endpoint()
    if (!endpoint) return
    const same = this.opened?.port === endpoint.port && this.opened.host === endpoint.host
    if (same && this.current.state === 'listening') {
      this.become({ ...this.current, aeTitle: configuration.aeTitle })
      return
    }
    try {
      const { port } = await this.parts.node.listen(endpoint)
      this.opened = endpoint
      this.become({ state: 'listening', aeTitle: configuration.aeTitle, port })
    } catch (error) {
      if ((error as { code?: unknown }).code === 'THREAD_GONE') throw error
      this.opened = undefined
      this.become({ state: 'failed', sentence: listenSentence(endpoint, error) })
      clearTimeout(this.portRetry)
      this.portRetry = setTimeout(() => void this.apply(), this.parts.portRetryMs ?? PORT_RETRY_MS).unref()
    }
  }

  private become(next: Listening): void {
    this.current = next
    this.changes.tell()
  }
}
