import type { InstanceCommitment } from '#electron/archive/commitmentApi.ts'
import type { ItemCommitment } from '#shared/contract/transfers.ts'
import { failureReason } from './commitment.ts'

/** PS3.3 C.14.1.1, for the person at the screen. */
const words: Readonly<Record<number, (server: string) => string>> = {
  [failureReason.processingFailure]: (server) => `${server} cannot answer for it now; ask again later.`,
  [failureReason.noSuchObjectInstance]: (server) => `${server} does not have it. Send it again.`,
  [failureReason.classInstanceConflict]: (server) => `${server} has an object of another kind under this UID.`,
  [failureReason.sopClassNotSupported]: (server) => `${server} does not answer for this kind of image.`,
  [failureReason.duplicateTransactionUID]: (server) => `${server} takes the question for another one; ask again.`,
  [failureReason.resourceLimitation]: (server) => `${server} has no room to look; ask again later.`,
}

export function commitmentWords({ state, reason, note, askedAt }: InstanceCommitment, server: string): ItemCommitment {
  if (state !== 'refused') return { state, note, askedAt }
  const code = (reason ?? 0).toString(16).toUpperCase().padStart(4, '0')
  const sentence = words[reason ?? 0]?.(server) ?? `${server} does not answer for it.`
  return { state, note: `${sentence} (${code})`, askedAt }
}
