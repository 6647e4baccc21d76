import { arch, platform, release } from 'node:os'
import { about } from '#electron/settings/about.ts'
import { diskOf } from '#electron/settings/hostStatus.ts'
import { reportOf } from '#shared/diagnosis/report.ts'
import type { DiagnosisHistory } from './history.ts'
import type { DiagnosisServices } from './openDiagnosis.ts'
import { ownNetworks } from './system/ownNetworks.ts'

const REFUSALS = 50
const RUNS = 3
/** Of no use to support. */
const SECRET = new Set(['restTokenHash'])

/** R109: what support asks for first, as text that a person can read before giving it away. Nothing of a patient's. */
export async function supportBundle(services: DiagnosisServices, history: DiagnosisHistory): Promise<string> {
  const { settings, servers, listener, associations, archive, transfers, host } = services
  const { version, node } = about(host)
  const { freeBytes, totalBytes } = await diskOf(await archive.reader.storageFolder())
  const totals = await archive.reader.totals()
  const refused = await associations.list({ kind: 'refused', before: null, limit: REFUSALS })
  const states = transfers.rows().map(({ kind, state }) => `${kind} ${state}`)
  const counts = [...new Set(states)].map((key) => `${states.filter((one) => one === key).length} ${key}`)
  const lines = [
    'Negatoscope, support bundle',
    `Made          ${new Date().toISOString()}`,
    `Version       ${version}, ${host}, Node ${node}`,
    `System        ${platform()} ${release()} ${arch()}`,
    `Listening     ${JSON.stringify(listener.state())}`,
    `Archive       ${totals.studies} studies, ${totals.instances} images, ${gigabytes(totals.bytes)}`,
    `Disk          ${gigabytes(freeBytes)} free of ${gigabytes(totalBytes)}`,
    `Transfers     ${counts.join(', ') || 'none'}`,
    '',
    'Addresses',
    ...ownNetworks().map(({ cidr, interface: name }) => `  ${cidr} ${name}`),
    '',
    'Settings',
    ...Object.entries(settings.current())
      .filter(([key]) => !SECRET.has(key))
      .map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`),
    '',
    'Refused callers, newest first',
    ...refused.map(
      (row) =>
        `  ${new Date(row.startedAt).toISOString()} ${row.callingAETitle || '-'} -> ${row.calledAETitle || '-'} from ${row.address}, ${row.times} times: ${row.sentence}`,
    ),
    '',
    'Servers',
  ]
  for (const {
    serverId,
    name,
    aeTitle,
    host: address,
    port,
    tls,
    queryRetrieve,
    retrieveBy,
    listenPort,
  } of servers.rows()) {
    const way = `${queryRetrieve ? `Query/Retrieve by ${retrieveBy.toUpperCase()}` : 'no Query/Retrieve'}, listen port ${listenPort}`
    lines.push('', `${name}: ${aeTitle} ${address}:${port}${tls ? ' TLS' : ''}, ${way}`)
    for (const run of history.of(serverId).slice(0, RUNS)) lines.push('', reportOf(run).trimEnd())
  }
  return `${lines.join('\n')}\n`
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`
