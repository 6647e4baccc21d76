import { type Settings, settingsShape } from '#shared/contract/settings.ts'
import { AE_TITLE_MAX } from '#shared/dicom/aeTitle.ts'
import type { Configured } from './configured.ts'
import { table, text } from './table.ts'

/** Settings that a conformance statement lists (PS3.2 A.4.4.2), in its words. */
const PARAMETERS: Partial<Record<keyof Settings, string>> = {
  aeTitle: 'Local AE title (R119)',
  dicomPort: 'Local port (R120)',
  maxAssociations: 'Maximum number of clients (R122)',
  maxPduLength: 'Maximum PDU length, bytes (R056, R123)',
  dimseTimeoutSeconds: 'DIMSE timeout, seconds (R124)',
}

/** PS3.2 A.4.3 and A.4.4. */
export function network({ settings, servers }: Configured): string {
  return text(
    '### 3.5 Network interfaces',
    'TCP/IP over whatever interface the operating system offers, IPv4 and IPv6; the listener takes all addresses, or the one that `--bind` names. Names are looked up by the operating system. TCP_NODELAY is set on every socket.',
    '## 4 Configuration',
    '### 4.1 AE title to presentation address mapping',
    `The local AE title has up to ${AE_TITLE_MAX} characters; case counts. Remote AEs are the servers of the editor: name, AE title, host (IPv4, IPv6 or name), port, listen port for retrieves, TLS and its verification, Query/Retrieve support, preferred compression.`,
    servers ? serverTable(servers) : '',
    '### 4.2 Parameters',
    table(
      ['Parameter', servers ? 'Value' : 'Default', 'Range'],
      Object.entries(PARAMETERS).map(([key, words]) => [words, String(settings[key as keyof Settings]), range(key)]),
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
  if ('minValue' in schema) return `${schema.minValue} to ${schema.maxValue}`
  if ('options' in schema) return schema.options.join(', ')
  return key === 'aeTitle' ? `1 to ${AE_TITLE_MAX} characters` : 'on, off'
}
