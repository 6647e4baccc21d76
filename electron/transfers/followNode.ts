import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Receive } from './receive.ts'

const AGAIN_MS = 500

/** Reads the DICOM thread's events until told to stop; when that thread dies, those of the one that follows it. */
export function followNode(node: Pick<Remote<NodeApi>, 'events'>, receive: Receive): () => void {
  const abort = new AbortController()
  void (async () => {
    while (!abort.signal.aborted) {
      try {
        for await (const event of node.events(abort.signal)) receive.handle(event)
      } catch (error) {
        if (!abort.signal.aborted && (error as { code?: unknown }).code !== 'THREAD_GONE')
          console.error(`Events of the DICOM thread: ${error instanceof Error ? error.message : 'unknown error'}`)
      }
      if (abort.signal.aborted) return
      receive.lostAll()
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  })()
  return () => abort.abort()
}
