import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'

/** Where we listen now; undefined when nothing does. */
export type ListeningPort = () => number | undefined

export interface OwnPorts {
  ports: number[]
  /** Only TLS is spoken here: then on extra ports too. */
  tlsOnly: boolean
}

interface ExtraPort {
  users: number
  opened: Promise<unknown>
}

/** R013: a server that was told another port than ours gets a listener there for as long as a retrieve from it runs. */
export class ExtraPorts {
  private readonly currentHost: () => string | undefined
  private readonly open = new Map<number, ExtraPort>()
  private readonly node: Pick<Remote<NodeApi>, 'listenExtra' | 'closeExtra'>
  private readonly own: () => OwnPorts

  constructor(
    node: Pick<Remote<NodeApi>, 'listenExtra' | 'closeExtra'>,
    host: () => string | undefined,
    own: () => OwnPorts,
  ) {
    this.node = node
    this.currentHost = host
    this.own = own
  }

  /** The address on which we listen; all of them when undefined. */
  get host(): string | undefined {
    return this.currentHost()
  }

  /** Resolves with how to let go of the port; rejects with a code of the operating system. */
  async hold(port: number): Promise<() => void> {
    const { ports, tlsOnly: tls } = this.own()
    if (ports.includes(port)) return () => {}
    const entry = this.open.get(port) ?? { users: 0, opened: this.node.listenExtra({ host: this.host, port, tls }) }
    this.open.set(port, entry)
    entry.users += 1
    const release = () => {
      entry.users -= 1
      if (entry.users > 0) return
      this.open.delete(port)
      void entry.opened.then(() => this.node.closeExtra(port)).catch(() => {})
    }
    try {
      await entry.opened
    } catch (error) {
      release()
      throw error
    }
    return release
  }
}
