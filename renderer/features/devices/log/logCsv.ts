import type { AssociationRow } from '#shared/contract/associations.ts'
import type { DeviceStatistics } from '#shared/contract/devices.ts'

/** Quoted where need be (RFC 4180); what a spreadsheet would take for a formula is text: a caller chooses its own name. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

function table(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

const HEAD = [
  ...[
    'began',
    'ended',
    'direction',
    'protocol',
    'state',
    'calling AE title',
    'called AE title',
    'address',
    'TLS',
    'times',
  ],
  ...['done', 'with a warning', 'failed', 'bytes received', 'bytes sent', 'sentence'],
]

export function logCsv(rows: readonly AssociationRow[]): string {
  const moment = (at: number | null) => (at === null ? '' : new Date(at).toISOString())
  return table(
    HEAD,
    rows.map((row) => [
      ...[moment(row.startedAt), moment(row.endedAt), row.direction],
      ...[row.over === 'web' ? 'DICOMweb' : 'DICOM', row.state, row.callingAETitle, row.calledAETitle],
      ...[row.address, row.security, row.times, row.succeeded, row.warned, row.failed, row.bytesReceived],
      ...[row.bytesSent, row.sentence],
    ]),
  )
}

/** One line a caller, one column a day. */
export function statisticsCsv({ days, rows }: DeviceStatistics): string {
  const dayText = (day: number) => String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
  const head = ['AE title', 'address', 'connections', 'images', 'not taken', 'bytes', ...days.map(dayText)]
  return table(
    head,
    rows.map((row) => [
      ...[row.aeTitle, row.address, row.associations, row.instances, row.refused, row.bytes],
      ...row.days,
    ]),
  )
}
