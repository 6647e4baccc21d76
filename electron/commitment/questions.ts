import type { ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import type { NodeApi, Peer } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { newUID } from '#shared/dicom/uid.ts'
import type { ReferencedSOP } from './commitment.ts'

export interface QuestionsOptions {
  writer: Pick<Remote<ArchiveWriterApi>, 'askCommitment' | 'failCommitment'>
  node: Pick<Remote<NodeApi>, 'requestCommitment'>
  /** A sentence for a person. */
  explain(error: unknown): Promise<string>
  /** The question is on disk, and under way. */
  asked(): void
}

/** Many servers walk a list this long at once; a longer one is several transactions. */
const INSTANCES_MAX = 1000
/** Most servers that answer on the same association do so at once. */
const WAIT_MS = 5000

/**
 * Asks a server to take over responsibility for instances of a transfer (PS3.4 J.3.2). Rejects with what `node` rejects
 * with when the question itself did not arrive; then the reason has been kept with each instance.
 */
export async function askForCommitment(
  { writer, node, explain, asked }: QuestionsOptions,
  peer: Peer,
  transferId: string,
  references: readonly ReferencedSOP[],
  signal: AbortSignal,
): Promise<void> {
  let failure: { error: unknown; note: string } | undefined
  for (let at = 0; at < references.length; at += INSTANCES_MAX) {
    const batch = references.slice(at, at + INSTANCES_MAX)
    const transactionUID = newUID()
    // On disk first: the answer may come before the response (Orthanc 1.10.1 sends it within 5 ms).
    await writer.askCommitment({ transactionUID, transferId, askedAt: Date.now(), references: batch })
    asked()
    try {
      if (failure) throw failure.error
      await node.requestCommitment(peer, { transactionUID, references: batch, waitMs: WAIT_MS }, signal)
    } catch (error) {
      failure ??= { error, note: await explain(error) }
      await writer.failCommitment(transactionUID, failure.note)
    }
  }
  if (failure) throw failure.error
}
