import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { CommittableInstance } from '#electron/archive/commitmentApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { isStorage } from '#shared/dicom/sopClass.ts'
import { type FailedSOP, failureReason, type ReferencedSOP } from './commitment.ts'
import type { FileToVerify, Verdict } from './verifyApi.ts'

const BATCH = 200

export interface JudgeParts {
  reader: Pick<Remote<ArchiveReaderApi>, 'findCommittable'>
  verify(files: FileToVerify[], signal: AbortSignal): Promise<Verdict[]>
  /** How often it was tried before. */
  attempts: number
}

/** The archive may have moved between the question for the path and the look at it: so long a lost file is looked for. */
const LOOKS_FOR_LOST = 1
/** About a day: so long a disk may be away. Then the answer is "not now", so that the others of the list have theirs. */
const LOOKS_FOR_UNREADABLE = 24

/**
 * What of it we cannot answer for (PS3.4 J.3.3). "Yes" is said only of an instance whose file was read again from the disk
 * just now and is the one that came. Rejects when that could not be found out; then nothing is said yet.
 */
export async function judge(
  references: readonly ReferencedSOP[],
  callingAETitle: string,
  { reader, verify, attempts }: JudgeParts,
  signal: AbortSignal,
): Promise<FailedSOP[]> {
  const failed: FailedSOP[] = []
  for (let at = 0; at < references.length; at += BATCH) {
    signal.throwIfAborted()
    const batch = references.slice(at, at + BATCH)
    const found = await reader.findCommittable(
      batch.map(({ sopInstanceUID }) => sopInstanceUID),
      callingAETitle,
    )
    const byUID = new Map(found.map((instance) => [instance.sopInstanceUID, instance]))
    const good: { reference: ReferencedSOP; file: FileToVerify }[] = []
    for (const reference of batch) {
      const instance = byUID.get(reference.sopInstanceUID)
      const reason = reasonAgainst(reference, instance)
      if (reason === undefined && instance) good.push({ reference, file: instance })
      else failed.push({ ...reference, reason: reason ?? failureReason.processingFailure })
    }
    const files = good.map(({ file: { path, dataSetHash } }) => ({ path, dataSetHash }))
    const answers = await verify(files, signal)
    if (answers.includes('unreadable') && attempts < LOOKS_FOR_UNREADABLE)
      throw new Error('A file of the archive cannot be read now')
    if (answers.includes('gone') && attempts < LOOKS_FOR_LOST) throw new Error('A file of the archive was not found')
    for (const [index, { reference }] of good.entries())
      if (answers[index] !== 'same') failed.push({ ...reference, reason: failureReason.processingFailure })
  }
  return failed
}

function reasonAgainst(reference: ReferencedSOP, instance: CommittableInstance | undefined): number | undefined {
  if (!instance) {
    const { sopClassUID } = reference
    const isForeign = sopClassUID.startsWith('1.2.840.10008.') && !isStorage(sopClassUID)
    return isForeign ? failureReason.sopClassNotSupported : failureReason.noSuchObjectInstance
  }
  if (instance.sopClassUID !== reference.sopClassUID) return failureReason.classInstanceConflict
  // What it sent was dropped or put aside, since another object had the UID: we do not keep what it has.
  return instance.hasRival ? failureReason.processingFailure : undefined
}
