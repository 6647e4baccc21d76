import type { Archive } from '#electron/archive/openArchive.ts'
import {
  instanceAttributes,
  patientAttributes,
  seriesAttributes,
  studyAttributes,
} from '#electron/archive/storedAttributes.ts'
import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import type { Clock } from '#electron/jobs/clock.ts'
import type { Notices } from '#electron/notices/notices.ts'
import type { CallerCertificates } from '#electron/servers/peer.ts'
import type { ServerList } from '#electron/servers/serverList.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Transfers } from '#electron/transfers/openTransfers.ts'
import { patientTitle } from '#electron/transfers/title.ts'
import type { RuleCondition, RuleFields, RuleFiring, RuleRow, RuleTrial } from '#shared/contract/rules.ts'
import { because } from './because.ts'
import { chooseInstances } from './chooseInstances.ts'
import { performer } from './perform.ts'
import { Router } from './router.ts'
import { RuleStore } from './ruleStore.ts'

export interface RoutingOptions {
  dataFolder: string
  archive: Pick<Archive, 'reader' | 'writer' | 'onWorklist'>
  servers: ServerList
  transfers: Transfers
  clock: Clock
  node: Pick<Remote<NodeApi>, 'find'>
  settings: SettingsStore
  certificates: CallerCertificates
  notices: Notices
}

export interface Routing {
  rows(): Promise<RuleRow[]>
  fields(): string[]
  onChange(listener: () => void): () => void
  add(fields: RuleFields): number
  update(ruleId: number, fields: RuleFields): Promise<void>
  delete(ruleId: number): void
  switch(ruleId: number, isOn: boolean): Promise<void>
  try(conditions: RuleCondition[], serverIds: number[]): Promise<RuleTrial>
  firings(): Promise<RuleFiring[]>
  /** A person has opened a study. */
  opened(studyId: number): void
  close(): void
  readonly notice: string | undefined
}

const LOOKED_AT = 200
const SHOWN = 20
const FIRINGS_SHOWN = 200
const ALL = Number.MAX_SAFE_INTEGER

/** What a rule looks at one after the other. */
const subjectsOf = (when: RuleFields['when']) =>
  when === 'ordered' ? 'requests' : when === 'opened' ? 'openings' : 'arrivals'

/** Rules by which what devices send goes on to other servers. */
export async function openRouting(options: RoutingOptions): Promise<Routing> {
  const { dataFolder, archive, servers, transfers, clock, node, settings, certificates, notices } = options
  const { reader, writer } = archive
  const store = new RuleStore(dataFolder)
  const closing = new AbortController()
  const calls = { node, settings, certificates, signal: closing.signal }
  const perform = performer({
    ...{ ...calls, clock, reader, transfers, servers, notices },
    ...{ trash: { ...calls, reader, writer }, send: { transfers } },
  })
  const onWorklist = (listener: () => void) => archive.onWorklist(listener)
  const router = new Router({ clock, store, reader, writer, transfers, onWorklist, perform })
  return {
    notice: store.notice,
    async rows() {
      const counts = await reader.firedByRule()
      return store.rows().map((rule) => ({ ...rule, ...(counts[rule.ruleId] ?? { lastFiredAt: null, fired: 0 }) }))
    },
    fields: () => [
      'CallingAETitle',
      'CallingAddress',
      ...new Set([...patientAttributes, ...studyAttributes, ...seriesAttributes, ...instanceAttributes]),
    ],
    onChange: (listener) => store.onChange(listener),
    add(fields) {
      for (const serverId of fields.serverIds) servers.get(serverId)
      return store.add(fields).ruleId
    },
    async update(ruleId, fields) {
      for (const serverId of fields.serverIds) servers.get(serverId)
      const { isOn, when } = store.get(ruleId)
      // What it has not looked at so far came before it was meant.
      if (isOn && subjectsOf(when) !== subjectsOf(fields.when)) await router.start(ruleId)
      store.put({ ...store.get(ruleId), ...fields })
    },
    delete: (ruleId) => store.delete(ruleId),
    async switch(ruleId, isOn) {
      const rule = store.get(ruleId)
      if (rule.isOn === isOn) return
      if (isOn) await router.start(ruleId)
      store.put({ ...store.get(ruleId), isOn })
    },
    async try(conditions, serverIds) {
      const targets = serverIds.map((serverId) => servers.get(serverId))
      const studyIds = await reader.newestReceivedStudies(LOOKED_AT)
      const trial: RuleTrial = { looked: studyIds.length, matched: 0, images: 0, studies: [] }
      for (const studyId of studyIds) {
        const arrived = await reader.arrived({ studyId, afterId: 0, throughId: ALL })
        const counts = (targets.length > 0 ? targets : [{ aeTitle: '' }]).map(
          (server) => chooseInstances(arrived, conditions, server).chosen,
        )
        const images = Math.max(...counts.map(({ length }) => length))
        if (images === 0) continue
        trial.matched += 1
        trial.images += images
        if (trial.studies.length >= SHOWN) continue
        const [study] = await reader.getStudies([studyId])
        if (!study) continue
        const { description, modalities } = study
        const chosen = counts.flat()
        const from = chosen[0]?.callingAETitle ?? ''
        trial.studies.push({
          studyId,
          title: patientTitle(study),
          description,
          modalities: modalities.join(', '),
          from,
          images,
          because: because(conditions, chosen),
        })
      }
      return trial
    },
    firings: () => reader.listFirings(FIRINGS_SHOWN),
    opened: (studyId) => router.opened(studyId),
    close() {
      closing.abort()
      router.close()
    },
  }
}
