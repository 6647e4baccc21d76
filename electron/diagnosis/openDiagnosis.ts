import type { Archive } from '#electron/archive/openArchive.ts'
import type { AssociationLog } from '#electron/associations/associationLog.ts'
import type { Dicomweb } from '#electron/dicomweb/openDicomweb.ts'
import type { Calls } from '#electron/dicomweb/routeCalls.ts'
import type { Listener } from '#electron/listening/listener.ts'
import type { NodeEvents } from '#electron/listening/nodeEvents.ts'
import type { CallerCertificates } from '#electron/servers/peer.ts'
import { type ServerList, TESTED } from '#electron/servers/serverList.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import type { Transfers } from '#electron/transfers/openTransfers.ts'
import type { DiagnosisOptions, DiagnosisRun, Finding, Symptom } from '#shared/contract/diagnosis.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import { type Diagnosed, diagnose } from './diagnose.ts'
import { evidence } from './evidence.ts'
import { type DiagnosisHistory, openHistory } from './history.ts'
import { type AllRuns, runAll } from './runAll.ts'
import type { Node } from './stage.ts'
import { supportBundle } from './supportBundle.ts'

export interface DiagnosisServices {
  dataFolder: string
  node: Pick<Node, 'lookAtCertificate' | 'negotiate' | 'echo'>
  /** Searches, retrieves and sends, by the way that each server is set to. */
  calls: Calls
  dicomweb: Dicomweb
  events: Pick<NodeEvents, 'add'>
  archive: Pick<Archive, 'reader' | 'writer' | 'storageFolder'>
  certificates: CallerCertificates
  servers: ServerList
  settings: SettingsStore
  listener: Pick<Listener, 'state'>
  transfers: Pick<Transfers, 'rows' | 'holdPort' | 'takeArrival'>
  associations: Pick<AssociationLog, 'list'>
  host: 'desktop' | 'headless'
}

export interface Diagnosis {
  run(
    input: { serverId: number; fields?: ServerFields | undefined; options: DiagnosisOptions },
    signal: AbortSignal,
  ): AsyncIterable<DiagnosisRun>
  runAll(options: Pick<DiagnosisOptions, 'rehearseRetrieve'>, signal: AbortSignal): AsyncIterable<AllRuns>
  history: DiagnosisHistory
  evidence(about: { symptom: Symptom; aeTitle: string; serverId: number | null }): Promise<Finding[]>
  supportBundle(): Promise<string>
}

export function openDiagnosis(services: DiagnosisServices): Diagnosis {
  const { node, events, archive, certificates, servers, settings, listener, transfers } = services
  const history = openHistory(
    services.dataFolder,
    servers.rows().map(({ serverId }) => serverId),
  )
  const asked: Node = {
    lookAtCertificate: (peer, signal) => node.lookAtCertificate(peer, signal),
    negotiate: (peer, proposed, signal) => node.negotiate(peer, proposed, signal),
    echo: (peer, signal) => node.echo(peer, signal),
    ...services.calls,
  }
  const parts = {
    ...{ node: asked, dicomweb: services.dicomweb, events, archive, certificates },
    holdPort: (port: number) => transfers.holdPort(port),
    takeArrival: (sopInstanceUID: string) => transfers.takeArrival(sopInstanceUID),
  }
  const begin = (serverId: number, server: ServerFields, options: DiagnosisOptions, signal: AbortSignal) =>
    diagnose(parts, { serverId, server, settings: settings.current(), listening: listener.state(), options }, signal)
  /** What a test of other values found says nothing about the saved ones, nor one of a server that is gone. */
  const keep = (serverId: number, tested: ServerFields, { run, outcome }: Diagnosed) => {
    const row = servers.rows().find((one) => one.serverId === serverId)
    if (!outcome || !row || !TESTED.every((key) => tested[key] === row[key])) return
    servers.setLastTest(serverId, outcome)
    history.add(serverId, run)
  }
  return {
    async *run({ serverId, fields, options }, signal) {
      const server = fields ?? servers.get(serverId)
      for await (const step of begin(serverId, server, options, signal)) {
        keep(serverId, server, step)
        yield step.run
      }
    },
    runAll: (options, signal) => runAll({ servers, begin, keep }, options, signal),
    history,
    evidence: (about) => evidence(services, about),
    supportBundle: () => supportBundle(services, history),
  }
}
