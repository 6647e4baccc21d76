import type { Finding, Symptom } from '#shared/contract/diagnosis.ts'
import { arrivedHow } from './evidence/arrivedHow.ts'
import { fromLastTest } from './evidence/fromLastTest.ts'
import { notAppearing } from './evidence/notAppearing.ts'
import { refusals } from './evidence/refusals.ts'
import { openHistory } from './history.ts'
import type { DiagnosisServices } from './openDiagnosis.ts'

/** R110, R111, R168: what this program knows about a complaint, most telling first. */
export async function evidence(
  services: DiagnosisServices,
  { symptom, aeTitle, serverId }: { symptom: Symptom; aeTitle: string; serverId: number | null },
): Promise<Finding[]> {
  const runs = serverId === null ? [] : openHistory(services.dataFolder, ids(services)).of(serverId)
  const name = services.servers.rows().find((row) => row.serverId === serverId)?.name ?? ''
  switch (symptom) {
    case 'cannot-ping':
      return fromLastTest(runs[0], ['network', 'name', 'route', 'ping'], name)
    case 'port-closed':
      return fromLastTest(runs[0], ['ping', 'port', 'protocol'], name)
    case 'echo-fails':
      return fromLastTest(runs[0], ['port', 'protocol', 'tls', 'association', 'contexts', 'echo'], name)
    case 'rejected':
      return [...fromLastTest(runs[0], ['association'], name), ...(await refusals(services, aeTitle))]
    case 'not-appearing':
      return notAppearing(services, aeTitle)
    case 'displays-wrongly':
      return arrivedHow(services, aeTitle)
  }
}

const ids = ({ servers }: DiagnosisServices) => servers.rows().map(({ serverId }) => serverId)
