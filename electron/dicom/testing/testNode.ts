import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openArchive } from '#electron/archive/openArchive.ts'
import { createNode } from '../node.ts'
import type { NodeConfiguration, NodeEvent, Peer } from '../nodeApi.ts'
import { readHeaderFromFile } from '../part10/readHeader.ts'

const noChecks = { calledAETitle: false, callingAETitle: false, address: false }
export const allChecks = { calledAETitle: true, callingAETitle: true, address: true }

/** A node on a real archive in a folder of its own, listening on a free port of the loopback. */
export async function openTestNode(options: Partial<NodeConfiguration> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-node-'))
  const archive = await openArchive(folder)
  const configuration: NodeConfiguration = {
    aeTitle: 'NEGATOSCOPE',
    checks: noChecks,
    answerUnknownEcho: false,
    known: [],
    destinations: [],
    onConflict: 'keep-first',
    unknownClasses: 'store',
    services: { storage: true, queryRetrieve: true, storageCommitment: true, worklist: true, mpps: true },
    maxPduLength: 131_072,
    maxAssociations: 50,
    artimTimeoutMs: 30_000,
    idleTimeoutMs: 60_000,
    dimseTimeoutMs: 10_000,
    closeDelayMs: 1000,
    minFreeBytes: 1024,
    storageFolder: archive.storageFolder,
    ...options,
  }
  const node = createNode(configuration, archive.writer, archive.reader)
  const { port } = await node.listen({ host: '127.0.0.1', port: 0 })
  const events: NodeEvent[] = []
  const stopped = new AbortController()
  void (async () => {
    for await (const event of node.events(stopped.signal)) events.push(event)
  })()
  return {
    node,
    archive,
    configuration,
    port,
    folder,
    events,
    /** The events of a kind, once there are `count` of them. */
    async seen<Kind extends NodeEvent['kind']>(kind: Kind, count = 1) {
      const deadline = performance.now() + 5000
      const found = () => events.filter((event): event is Extract<NodeEvent, { kind: Kind }> => event.kind === kind)
      while (found().length < count && performance.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 5))
      return found()
    },
    /** The data set of a stored instance as it stands in its file. */
    async storedDataSet(sopInstanceUID: string): Promise<Buffer | undefined> {
      const { [sopInstanceUID]: instanceId } = await archive.reader.holds([sopInstanceUID])
      if (instanceId === undefined) return undefined
      const [stored] = await archive.reader.locate({ instanceIds: [instanceId] })
      if (!stored) return undefined
      return readFileSync(stored.path).subarray(readHeaderFromFile(stored.path).dataSetOffset)
    },
    async close() {
      stopped.abort()
      await node.close(0)
      await archive.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type TestNode = Awaited<ReturnType<typeof openTestNode>>

export function peerAt(port: number, options: Partial<Peer> = {}): Peer {
  return {
    name: 'The peer',
    callingAETitle: 'NEGATOSCOPE',
    calledAETitle: 'PEER',
    host: '127.0.0.1',
    port,
    tls: undefined,
    connectTimeoutMs: 2000,
    dimseTimeoutMs: 3000,
    maxPduLength: 131_072,
    ...options,
  }
}
