import { mkdirSync } from 'node:fs'
import { openArchive } from '#electron/archive/openArchive.ts'
import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import { openNode } from '#electron/dicom/openNode.ts'
import { nodeConfiguration } from '#electron/listening/nodeConfiguration.ts'
import { DEFAULT_SETTINGS } from '#electron/settings/settingsStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { checksOf } from '#shared/contract/callerChecks.ts'
import { LOOPBACK, PACS_AE_TITLE } from './practiceNames.ts'

export interface PracticePacs {
  readonly port: number
  /** Its node also calls for the simulated device. */
  readonly node: Pick<Remote<NodeApi>, 'findWorklist' | 'sendStep' | 'send'>
  close(): Promise<void>
}

/** The simulated PACS: an archive and a DICOM node of its own, that store, answer queries and give back. */
export async function openPracticePacs(folder: string): Promise<PracticePacs> {
  mkdirSync(folder, { recursive: true })
  const archive = await openArchive(folder)
  const settings = {
    ...DEFAULT_SETTINGS,
    ...checksOf('any'),
    ...{ aeTitle: PACS_AE_TITLE, bindAddress: LOOPBACK, answerQueryRetrieve: true, answerStorageCommitment: false },
  }
  const configuration = nodeConfiguration(settings, [], await archive.reader.storageFolder())
  const node = await openNode({ archive, configuration }).catch(async (error: unknown) => {
    await archive.close()
    throw error
  })
  const stop = new AbortController()
  void passOver(node.events(stop.signal)).catch(() => {})
  const { port } = await node.listen({ host: LOOPBACK, port: 0 })
  return {
    port,
    node,
    async close() {
      stop.abort()
      await node.close(0)
      await node.terminate()
      await archive.close()
    },
  }
}

/** A PACS that nobody looks at has no log, and must not gather one. */
async function passOver(events: AsyncIterable<unknown>): Promise<void> {
  for await (const event of events) void event
}
