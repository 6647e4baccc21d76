import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import { verdictOfError } from '#electron/jobs/verdict.ts'
import { findThere, type Located } from '#electron/proof/findThere.ts'
import { patientThere } from '#electron/proof/patientThere.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import type { CallerCertificates } from '#electron/servers/peer.ts'
import { queryPeerOf } from '#electron/servers/webPeer.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { StudyRow } from '#shared/contract/studies.ts'

export interface LookParts {
  node: Pick<Remote<NodeApi>, 'find'>
  settings: Pick<SettingsStore, 'current'>
  certificates: CallerCertificates
  signal: AbortSignal
}

/**
 * Whether a server has these images of one study now, under the patient that they have here. '' when it has; else why what
 * is here stays, as the end of a sentence; `not-yet` where it does not answer.
 */
export async function lookThere(
  { node, settings, certificates, signal }: LookParts,
  server: ServerRow,
  instances: readonly Located[],
  study: StudyRow,
): Promise<string | 'not-yet'> {
  const { name } = server
  const peer = queryPeerOf(server, settings.current(), certificates)
  try {
    // Two studies of one UID: the server took ours for the other one, and kept that.
    const whose = await patientThere(node, peer, [study], signal)
    if (whose !== '') return whose
    const { size } = await findThere(node, peer, instances, signal)
    if (size === instances.length) return ''
    return `${name} proved to have all of its images, and now has ${size} of ${instances.length}. Send the study again.`
  } catch (error) {
    if (signal.aborted || verdictOfError(error) === 'passing') return 'not-yet'
    return failureOf(error, await callContext(peer)).sentence
  }
}
