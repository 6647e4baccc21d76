import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { find } from '../run/debianPackages.ts'
import { killAll, start, stop } from '../workstation/spawned.ts'
import { until } from '../workstation/until.ts'
import type { Certificates } from './certificates.ts'
import type { MoveDestination } from './dcmtk.ts'
import { freePort } from './freePort.ts'
import type { Peer } from './peer.ts'

export interface Orthanc extends Peer {
  /** Calls its REST interface; throws where it does not answer with 2xx. */
  rest(method: string, path: string, body?: string | Uint8Array<ArrayBuffer>): Promise<unknown>
  /** Of its web interface. */
  webUrl: string
  /** Makes an AE known to it, under its AE title. */
  introduce(destination: MoveDestination): Promise<void>
  /** The file as Orthanc keeps it. */
  file(orthancId: string): Promise<Buffer>
  /** Puts a file into it by REST; resolves with Orthanc's id, undefined when it was refused. */
  upload(file: string): Promise<string | undefined>
  /** True when it has died, or dies within a moment. */
  isGone(): Promise<boolean>
}

/**
 * Starts Orthanc on its database in `folder`. Destinations are the modalities that it knows, by their AE title. With
 * certificates it speaks TLS alone, both ways, and wants one from its callers.
 * `more`: further lines of its configuration, a plugin's, say.
 */
export async function startOrthanc(
  folder: string,
  destinations: MoveDestination[] = [],
  tls?: Certificates,
  more: Record<string, unknown> = {},
): Promise<Orthanc> {
  mkdirSync(folder, { recursive: true })
  const [port, httpPort] = [await freePort(), await freePort()]
  const modalities = destinations.map((one) => [one.aeTitle, modality(one, tls !== undefined)])
  const configuration = {
    Name: 'PEER',
    StorageDirectory: join(folder, 'storage'),
    IndexDirectory: join(folder, 'storage'),
    DicomAet: 'ORTHANC',
    DicomPort: port,
    DicomCheckCalledAet: true,
    DicomAlwaysAllowStore: true,
    DicomAlwaysAllowFind: true,
    DicomAlwaysAllowMove: true,
    DicomModalities: Object.fromEntries(modalities),
    UnknownSopClassAccepted: true,
    OverwriteInstances: true,
    SynchronousCMove: true,
    HttpPort: httpPort,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: false,
    ConcurrentJobs: 2,
    Plugins: [],
    ...(tls && tlsOf(tls)),
    ...more,
  }
  const file = join(folder, 'orthanc.json')
  writeFileSync(file, JSON.stringify(configuration, null, 2))
  const spawned = start(find('Orthanc') ?? 'Orthanc', [file])
  const request = async (method: string, path: string, body?: string | Uint8Array<ArrayBuffer>): Promise<Response> => {
    const init: RequestInit = { method }
    if (body !== undefined) init.body = body
    const answer = await fetch(`http://127.0.0.1:${httpPort}${path}`, init)
    if (!answer.ok) throw new Error(`Orthanc: ${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  const rest = async (method: string, path: string, body?: string | Uint8Array<ArrayBuffer>): Promise<unknown> =>
    (await request(method, path, body)).json()
  await until(`Orthanc on ${port}`, () => rest('GET', '/system').catch(() => undefined))
  const end = () => stop(spawned, 15_000)
  return {
    aeTitle: 'ORTHANC',
    port,
    process: spawned,
    webUrl: `http://127.0.0.1:${httpPort}`,
    rest,
    introduce: async (one) => {
      const body = JSON.stringify(modality(one, tls !== undefined))
      await request('PUT', `/modalities/${one.aeTitle}`, body)
    },
    file: async (id) => Buffer.from(await (await request('GET', `/instances/${id}/file`)).arrayBuffer()),
    upload: async (path) => {
      const answer = await rest('POST', '/instances', readFileSync(path)).catch(() => undefined)
      return (answer as { ID?: string } | undefined)?.ID
    },
    isGone: async () => {
      const answer = await rest('GET', '/system').catch(() => undefined)
      if (answer === undefined) await spawned.exitCode
      return answer === undefined
    },
    stop: end,
    killAll: () => killAll(spawned),
    // It takes three seconds to say goodbye; nobody reads its folder after this.
    [Symbol.asyncDispose]: () => killAll(spawned),
  }
}

/** Orthanc sends what it has as it is, or not at all. */
const modality = (one: MoveDestination, overTls: boolean) => ({
  AET: one.aeTitle,
  Host: '127.0.0.1',
  Port: one.port,
  AllowTranscoding: false,
  UseDicomTls: overTls,
})

const tlsOf = ({ authority, peer }: Certificates) => ({
  DicomTlsEnabled: true,
  DicomTlsCertificate: peer.certificate,
  DicomTlsPrivateKey: peer.key,
  DicomTlsTrustedCertificates: authority,
  DicomTlsRemoteCertificateRequired: true,
})
