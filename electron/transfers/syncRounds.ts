import type { NamedFile } from '#electron/archive/instanceStore.ts'

interface Waiting {
  file: Pick<NamedFile, 'syncAside'>
  resolve(): void
  reject(error: unknown): void
}

/**
 * Files that come in one stream, whose sender waits for none of them: what has come while others were synced is synced
 * together, as one commit of the file system's journal, and told together, so that their rows share a commit as well.
 * Nobody waits for others to come.
 */
export class SyncRounds {
  private waiting: Waiting[] = []
  private isRunning = false

  sync(file: Pick<NamedFile, 'syncAside'>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ file, resolve, reject })
      if (!this.isRunning) void this.run()
    })
  }

  private async run(): Promise<void> {
    this.isRunning = true
    while (this.waiting.length > 0) {
      const round = this.waiting
      this.waiting = []
      const results = await Promise.allSettled(round.map(({ file }) => file.syncAside()))
      for (const [at, { resolve, reject }] of round.entries()) {
        const result = results[at]
        if (result?.status === 'fulfilled') resolve()
        else reject(result?.reason)
      }
    }
    this.isRunning = false
  }
}
