import type { Archive } from '#electron/archive/openArchive.ts'
import type { NodeApi, NodeEvent, Peer } from '#electron/dicom/nodeApi.ts'
import type { NodeEvents } from '#electron/listening/nodeEvents.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import { type CallerCertificates, peerOf } from '#electron/servers/peer.ts'
import type { ServerList } from '#electron/servers/serverList.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { ItemCommitment } from '#shared/contract/transfers.ts'
import { Answers } from './answers.ts'
import type { ReferencedSOP } from './commitment.ts'
import { commitmentWords } from './commitmentWords.ts'
import { askForCommitment } from './questions.ts'

export interface CommitmentOptions {
  archive: Pick<Archive, 'writer' | 'reader'>
  node: Pick<Remote<NodeApi>, 'reportCommitment' | 'requestCommitment'>
  events: Pick<NodeEvents, 'add'>
  servers: ServerList
  settings: SettingsStore
  certificates: CallerCertificates
}

export interface Commitment {
  /** Asks a server to answer for what it was sent. Never rejects: what went wrong stands with each instance. */
  ask(transferId: string, server: ServerRow, references: readonly ReferencedSOP[]): Promise<void>
  /** By SOP Instance UID; empty when nothing was asked. */
  of(transferId: string, serverName: string): Promise<Map<string, ItemCommitment>>
  /** Something new is known of a transfer. */
  onChange(listener: (transferId: string) => void): () => void
  close(): Promise<void>
}

const STOPPED = 'This workstation stopped before the question arrived. Ask again.'

/** Storage commitment (PS3.4 J): asked of us, and asked by us. */
export function openCommitment(options: CommitmentOptions): Commitment {
  const { archive, node, events, servers, settings, certificates } = options
  const { reader, writer } = archive
  const listeners = new Set<(transferId: string) => void>()
  const tell = (transferId: string) => {
    for (const listener of [...listeners]) listener(transferId)
  }
  const closing = new AbortController()
  const answers = new Answers({ reader, writer, node, peerFor })
  const stop = events.add({
    handle(event: NodeEvent) {
      if (event.kind === 'commitmentRequested') answers.look()
      else if (event.kind === 'commitmentAnswered') tell(event.transferId)
    },
    lostAll() {},
  })

  /** Under the name by which it knows us. Of several entries the one from whose address it asked goes before. */
  function peerFor(callingAETitle: string, calledAETitle: string, address: string): Peer | undefined {
    const entries = servers.rows().filter(({ aeTitle }) => aeTitle === callingAETitle)
    const row = entries.find(({ host }) => host === address) ?? entries[0]
    return row && { ...peerOf(row, settings.current(), certificates), callingAETitle: calledAETitle }
  }

  return {
    async ask(transferId, server, references) {
      const peer = peerOf(server, settings.current(), certificates)
      const explain = async (error: unknown) =>
        closing.signal.aborted ? STOPPED : failureOf(error, await callContext(peer)).sentence
      const parts = { writer, node, explain, asked: () => tell(transferId) }
      try {
        await askForCommitment(parts, peer, transferId, references, closing.signal)
      } catch {
        // it stands with each instance
      }
      tell(transferId)
    },
    async of(transferId, serverName) {
      const rows = await reader.commitmentsOf(transferId)
      return new Map(rows.map((row) => [row.sopInstanceUID, commitmentWords(row, serverName)]))
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async close() {
      stop()
      closing.abort()
      await answers.close()
    },
  }
}
