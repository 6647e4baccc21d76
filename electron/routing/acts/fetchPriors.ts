import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import type { Clock } from '#electron/jobs/clock.ts'
import { verdictOfError } from '#electron/jobs/verdict.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import type { CallerCertificates } from '#electron/servers/peer.ts'
import { queryPeerOf } from '#electron/servers/webPeer.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import { firstDay } from '#electron/studies/limitDates.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Transfers } from '#electron/transfers/openTransfers.ts'
import { fulfilsAll } from '#shared/routing/condition.ts'
import { attributesOf } from '../chooseInstances.ts'
import { type Act, nothingDone } from './act.ts'
import { findPriors, subjectOf } from './findPriors.ts'
import { orderId } from './orderId.ts'

export interface FetchPriorsParts {
  clock: Clock
  node: Pick<Remote<NodeApi>, 'find'>
  reader: Pick<Remote<ArchiveReaderApi>, 'findStudyUIDs'>
  settings: Pick<SettingsStore, 'current'>
  certificates: CallerCertificates
  transfers: Pick<Transfers, 'retrieve'>
  signal: AbortSignal
}

const DAY_MS = 86_400_000

/** Earlier studies of the patient come from the server, behind everything that a person asks of it. */
export function fetchPriors(parts: FetchPriorsParts): Act {
  const { clock, node, reader, settings, certificates, transfers, signal } = parts
  return async ({ rule, instances }, server) => {
    const { name: serverName, serverId } = server
    const fitting = instances.filter((instance) => fulfilsAll(attributesOf(instance), rule.conditions))
    const [first] = fitting
    if (!first) return undefined
    const subject = subjectOf(fitting.map(({ attributes }) => attributes))
    if (!subject)
      return nothingDone(serverName, 'Nothing asked for: the images have no patient ID that names one patient.')
    const peer = queryPeerOf(server, settings.current(), certificates)
    const wanted = { ...rule.priors, from: firstDay(server.queryDates) }
    try {
      const found = await findPriors(node, peer, subject, wanted, signal)
      const here = await reader.findStudyUIDs(found.map(({ studyInstanceUID }) => studyInstanceUID))
      const missing = found.filter(({ studyInstanceUID, instances: images }) => {
        const held = Object.hasOwn(here, studyInstanceUID) ? (here[studyInstanceUID]?.instances ?? 0) : 0
        return held === 0 || (images !== null && held < images)
      })
      if (missing.length === 0) return undefined
      const today = Math.floor(clock.now() / DAY_MS)
      const ids: string[] = []
      for (const study of missing) {
        const transferId = orderId([rule.ruleId, serverId, study.studyInstanceUID, study.instances ?? 0, today])
        ids.push(...(await transfers.retrieve(serverId, [study], { priority: 'low', ruleName: rule.name, transferId })))
      }
      const images = missing.reduce((sum, study) => sum + (study.instances ?? 0), 0)
      const note = missing.length === 1 ? '1 earlier study' : `${missing.length} earlier studies`
      return { serverName, images, transferId: ids[0] ?? '', note }
    } catch (error) {
      if (signal.aborted || verdictOfError(error) === 'passing') return 'not-yet'
      return nothingDone(serverName, failureOf(error, await callContext(peer)).sentence)
    }
  }
}
