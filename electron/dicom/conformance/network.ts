import { type Settings, settingsShape } from '#shared/contract/settings.ts'
import { AE_TITLE_MAX } from '#shared/dicom/aeTitle.ts'
import type { Configured } from './configured.ts'
import { table, text } from './table.ts'
import { webCalls } from './webCalls.ts'
import { webServices } from './webServices.ts'

/** Settings that a conformance statement lists (PS3.2 A.4.4.2), in its words. */
const PARAMETERS = {
  aeTitle: 'Local AE title (R119)',
  dicomPort: 'Local port (R120)',
  bindAddress: 'Address that the listener takes; empty: all',
  plainListener: 'The port without TLS is open',
  tlsListener: 'The port for TLS is open (R060)',
  tlsPort: 'Local port for TLS',
  tlsClientCertificates: 'Certificates of TLS callers',
  maxAssociations: 'Maximum number of clients (R055, R122)',
  maxPduLength: 'Maximum PDU length, bytes (R056, R123)',
  dimseTimeoutSeconds: 'DIMSE timeout, seconds (R124)',
  requestTimeoutSeconds: 'Request timeout, seconds (R125)',
  artimTimeoutSeconds: 'ARTIM timeout, seconds (PS3.8 9.1.5)',
  idleTimeoutSeconds: 'Idle timeout of an association, seconds',
  socketCloseDelayMs: 'Socket close delay, milliseconds (R126)',
  minFreeMegabytes: 'Free space below which nothing more is taken, MB (R064)',
  checkCalledAETitle: 'The called AE title must be ours (R065)',
  checkCallingAETitle: 'The calling AE title must be one of the servers (R065)',
  checkAddress: 'The caller must have the address of that server (R065)',
  answerUnknownEcho: 'C-ECHO of unknown callers is answered (R069)',
  answerStorage: 'Storage as SCP',
  answerQueryRetrieve: 'Query/Retrieve as SCP',
  answerStorageCommitment: 'Storage commitment as SCP',
  answerWorklist: 'Modality worklist as SCP (R094, R096)',
  answerPerformedSteps: 'Modality performed procedure step as SCP (R095)',
  dicomwebServer: 'DICOMweb server (section 3.6)',
  dicomwebPort: 'Port of the DICOMweb server',
  dicomwebAddress: 'Address that it takes; empty: all',
  dicomwebTls: 'It answers over TLS',
  dicomwebUnencrypted: 'It may answer beyond loopback without TLS',
  dicomwebStore: 'STOW-RS',
  dicomwebOrigins: 'Web origins that may read',
  onConflict: 'Other content under a known SOP Instance UID (R050)',
  unknownClasses: 'SOP classes that the standard does not name (R058)',
} as const satisfies Partial<Record<keyof Settings, string>>

/** The image repository is a folder of the archive, the rest is for the page. */
const NOT_OF_THE_WIRE = [
  ...['theme', 'density', 'trashDays', 'hl7Listener', 'hl7Port', 'requestFolder'],
  ...['restOrders', 'restPort', 'restTokenHash', 'keepReceiving', 'notificationPort', 'notificationTls'],
] as const

/** Settings that this statement forgets; a test wants none. */
export const unlisted: readonly string[] = Object.keys(settingsShape.shape).filter(
  (key) => !(key in PARAMETERS) && !NOT_OF_THE_WIRE.some((other) => other === key),
)

/** PS3.2 A.4.3 and A.4.4. */
export function network({ settings, servers }: Configured): string {
  return text(
    '### 3.5 Network interfaces',
    'TCP/IP over whatever interface the operating system offers, IPv4 and IPv6; the listener takes all addresses, or one (section 4.2). Names are looked up by the operating system. TCP_NODELAY is set on every socket.',
    webServices(),
    webCalls(),
    '## 4 Configuration',
    '### 4.1 AE title to presentation address mapping',
    `The local AE title has up to ${AE_TITLE_MAX} characters; case counts. Remote AEs are the servers of the editor: name, AE title, host (IPv4, IPv6 or name), port, listen port for retrieves, TLS and its verification, Query/Retrieve support, preferred compression.`,
    servers ? serverTable(servers) : '',
    '### 4.2 Parameters',
    table(
      ['Parameter', servers ? 'Value' : 'Default', 'Range'],
      Object.entries(PARAMETERS).map(([key, words]) => [
        words,
        String(settings[key as keyof typeof PARAMETERS]),
        range(key),
      ]),
    ),
    'Changes take effect without a restart; associations under way finish as they began.',
  )
}

function serverTable(servers: NonNullable<Configured['servers']>): string {
  if (servers.length === 0) return 'No server is configured.'
  return table(
    ['Server', 'AE title', 'Host', 'Port', 'Listen port', 'TLS', 'Query/Retrieve'],
    servers.map((row) => [
      ...[row.name, row.aeTitle, row.host, String(row.port), String(row.listenPort)],
      row.tls ? (row.verifyCertificate ? 'yes, verified' : 'yes, not verified') : 'no',
      row.queryRetrieve ? 'yes' : 'no',
    ]),
  )
}

/** As the schema of the settings has it. */
function range(key: string): string {
  const schema = settingsShape.shape[key as keyof Settings]
  if (key === 'dicomwebOrigins') return 'up to 50'
  if (key === 'bindAddress' || key === 'dicomwebAddress') return 'IPv4 or IPv6'
  if ('minValue' in schema) return `${schema.minValue} to ${schema.maxValue}`
  if ('options' in schema) return schema.options.join(', ')
  if (key === 'aeTitle') return `1 to ${AE_TITLE_MAX} characters`
  return 'true, false'
}
