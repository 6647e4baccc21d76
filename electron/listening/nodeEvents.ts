import type { NodeApi, NodeEvent } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'

const AGAIN_MS = 500

/** Who wants to hear what the DICOM listener does. */
export interface NodeListener {
  handle(event: NodeEvent): void
  /** The DICOM thread died: whatever was open is gone. */
  lostAll(): void
}

/** Reads the DICOM thread's events until closed; when that thread dies, those of the one that follows it. */
export class NodeEvents {
  private readonly node: Pick<Remote<NodeApi>, 'events'>
  private readonly listeners = new Set<NodeListener>()
  private readonly stop = new AbortController()

  constructor(node: Pick<Remote<NodeApi>, 'events'>) {
    this.node = node
    void this.read()
  }

  /** Returns how to stop listening. */
  add(listener: NodeListener): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  close(): void {
    this.stop.abort()
  }

  private async read(): Promise<void> {
    const { signal } = this.stop
    while (!signal.aborted) {
      try {
        for await (const event of this.node.events(signal)) this.tell((listener) => listener.handle(event))
      } catch (error) {
        if (!signal.aborted && (error as { code?: unknown }).code !== 'THREAD_GONE') report(error)
      }
      if (signal.aborted) return
      this.tell((listener) => listener.lostAll())
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }

  /** The fault of one listener must not make another one deaf. */
  private tell(how: (listener: NodeListener) => void): void {
    for (const listener of [...this.listeners]) {
      try {
        how(listener)
      } catch (error) {
        report(error)
      }
    }
  }
}

function report(error: unknown): void {
  console.error(`Events of the DICOM thread: ${error instanceof Error ? error.message : 'unknown error'}`)
}
