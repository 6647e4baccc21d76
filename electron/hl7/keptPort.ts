const AGAIN_MS = 5000

interface Listens {
  readonly port: number
  close(): Promise<void>
}

/** A port that is open while a switch is on, moves with its setting, and says why where it cannot be opened. */
export class KeptPort<Server extends Listens> {
  private readonly again: () => void
  private open: { key: string; server: Server } | undefined
  private retry: NodeJS.Timeout | undefined
  /** As a sentence; '' while all is well. */
  problem = ''

  /** `again`: called a while after a port could not be opened. */
  constructor(again: () => void) {
    this.again = again
  }

  get server(): Server | undefined {
    return this.open?.server
  }

  /** `wanted` is undefined where it is switched off. `also`: whatever else makes it open anew, such as its certificate. */
  async apply(
    wanted: { port: number; host: string; also?: string } | undefined,
    listen: () => Promise<Server>,
  ): Promise<void> {
    const key = wanted ? `${wanted.host} ${wanted.port} ${wanted.also ?? ''}` : ''
    clearTimeout(this.retry)
    this.problem = ''
    if (this.open && this.open.key !== key) {
      const { server } = this.open
      this.open = undefined
      await server.close()
    }
    if (!wanted || this.open) return
    try {
      this.open = { key, server: await listen() }
    } catch (error) {
      const code = (error as { code?: string }).code ?? 'unknown error'
      this.problem =
        code === 'EADDRINUSE'
          ? `Another program has port ${wanted.port}. Choose another one, or end that program.`
          : `Port ${wanted.port} cannot be opened (${code}). Choose another one.`
      this.retry = setTimeout(this.again, AGAIN_MS).unref()
    }
  }
}
