import type { Endpoint, NodeApi } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { listenSentence } from './listenSentence.ts'

export type Opened = { port: number; problem?: undefined } | { port?: undefined; problem: string } | undefined

/** One listening port, with TLS or without: opened, moved and closed as it is wanted. */
export class Place {
  private readonly node: Pick<Remote<NodeApi>, 'listen' | 'stopListening'>
  private readonly tls: boolean
  /** What the node listens at, as far as is known: a port that could not be moved stays open. */
  private open: { endpoint: Endpoint; port: number } | undefined

  private wasOpened = false

  constructor(node: Pick<Remote<NodeApi>, 'listen' | 'stopListening'>, tls: boolean) {
    this.node = node
    this.tls = tls
  }

  /** Undefined when nothing is wanted there. Rejects only when the DICOM thread is gone. */
  async want(endpoint: Endpoint | undefined): Promise<Opened> {
    if (!endpoint) {
      if (this.wasOpened) await this.node.stopListening(this.tls)
      this.open = undefined
      this.wasOpened = false
      return undefined
    }
    const before = this.open
    if (before && before.endpoint.port === endpoint.port && before.endpoint.host === endpoint.host)
      return { port: before.port }
    try {
      const { port } = await this.node.listen({ ...endpoint, tls: this.tls })
      this.open = { endpoint, port }
      this.wasOpened = true
      return { port }
    } catch (error) {
      if ((error as { code?: unknown }).code === 'THREAD_GONE') throw error
      const problem = listenSentence(endpoint, error)
      // the same port at another address could only be tried once the old one had let go of it
      if (!before || before.port === endpoint.port) {
        this.open = undefined
        return { problem }
      }
      return { problem: `${problem} Until then we listen at port ${before.port}.` }
    }
  }
}
