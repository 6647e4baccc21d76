import type { DeviceFields, DeviceGuide, Reach } from '#shared/contract/devices.ts'
import type { FirewallCommand } from '#shared/network/firewallCommands.ts'
import { firewallFor } from '../firewallFor.ts'
import { addressFor } from './addressFor.ts'
import { guideOf } from './guideOf.ts'
import { modalityNotes, subjectOf } from './modalityNotes.ts'

export interface SheetValue {
  label: string
  value: string
}

/** One page that takes somebody from a new device to its first image (R112 to R114). */
export interface SetupSheet {
  title: string
  subtitle: string
  values: SheetValue[]
  /** What does not fit: no port, more than one address. */
  remarks: string[]
  systems: DeviceGuide['systems']
  notes: string[]
  echo: string[]
  checks: string[]
  modality: string[]
  firewall: FirewallCommand[]
  troubles: [what: string, look: string][]
  operator: string[]
  it: string[]
  /** What the QR code says. */
  code: string
}

const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

type Described = Pick<DeviceFields, 'aeTitle' | 'address' | 'vendor' | 'model' | 'modality' | 'place'>

export function setupSheet(device: Described, reach: Reach, guides: readonly DeviceGuide[], now: number): SetupSheet {
  const guide = guideOf(device.vendor, guides)
  const address = addressFor(device.address, reach.addresses)
  const port = reach.port ?? reach.tlsPort
  const { subject, test } = subjectOf(device.modality)
  const kind = [[device.vendor, device.model].filter(Boolean).join(' '), device.modality, device.place]
  const isTls = reach.port === null && reach.tlsPort !== null
  return {
    title: `Connect this ${subject}`,
    subtitle: [...kind, date.format(now)].filter(Boolean).join(', '),
    values: [
      { label: 'AE title', value: reach.aeTitle },
      { label: 'Address', value: address ?? 'none yet' },
      { label: 'Port', value: port === null ? 'not open yet' : String(port) },
      { label: 'Its own AE title', value: device.aeTitle },
    ],
    remarks: remarksOf(reach, address, port, isTls),
    systems: systemsFor(device.modality, guide).map((one) => ({ ...one, note: notedSource(one, guide) })),
    notes: guide?.notes ?? [],
    echo: [
      'Enter the values exactly. Capitals count; the digit 1 and a small L are not the same.',
      'Press Verify, Echo or Test beside the new entry. It must say success.',
    ],
    checks: [
      'Echo from the device says success',
      `Devices shows ${device.aeTitle} as Online`,
      test,
      'Patient name and date are right',
      'Sending by itself after each study is switched on',
    ],
    modality: modalityNotes(device.modality),
    firewall: port === null ? [] : Object.values(firewallFor(reach, [port])).flat(),
    troubles: [
      ['No echo', 'Cable, address, firewall of this computer, router between'],
      ['Refused', 'AE title: see Someone knocked, under Devices'],
      ['Sent, not here', 'Transfers, Needs attention; free disk; right patient'],
      ['Here, looks wrong', 'Transfer syntax: choose uncompressed on the device'],
    ],
    operator: OPERATOR,
    it: itChecks(port),
    code: [
      'DICOM',
      `AE ${reach.aeTitle}`,
      `IP ${address ?? '-'}`,
      `Port ${port ?? '-'}`,
      `Own AE ${device.aeTitle}`,
    ].join('\n'),
  }
}

/** Those of its kind; all of them where its kind is not known, or is another one. */
function systemsFor(modality: string, guide: DeviceGuide | undefined): DeviceGuide['systems'] {
  const all = guide?.systems ?? []
  const own = all.filter(({ modalities }) => modalities.includes(modality))
  return own.length > 0 ? own : all
}

/** Nobody at the device shall search in vain for a menu that was never seen in a manual. */
function notedSource({ note, source }: DeviceGuide['systems'][number], guide: DeviceGuide | undefined): string {
  // What holds for any device names no menu of anybody's.
  if (!guide || guide.matches.length === 0) return note
  const said = source === '' ? `This way was not checked against a manual of ${guide.vendor}.` : `From: ${source}.`
  return `${note} ${said}`.trim()
}

function remarksOf(reach: Reach, address: string | undefined, port: number | null, isTls: boolean): string[] {
  const others = reach.addresses.map((one) => one.address).filter((one) => one !== address && !one.includes(':'))
  return [
    port === null && 'Nothing listens yet: confirm AE title and port in Settings first.',
    isTls && 'Only the port for TLS is open: the device needs DICOM over TLS.',
    others.length > 0 &&
      `This computer has further addresses: ${others.join(', ')}. The device needs the one of its own network.`,
    address !== undefined && 'The address must stay: reserve it in the router, or set it by hand.',
  ].filter((remark) => remark !== false)
}

const OPERATOR = [
  'Patient is entered or chosen before the first image',
  'Study is ended or sent on the device after the last image',
  'The send queue of the device is empty at the end of the day',
  'A failed send is sent again, not examined again',
]

function itChecks(port: number | null): string[] {
  return [
    'Fixed address for the device and for this computer',
    'Both in one network, or a route and firewall rules between',
    `Firewall of this computer, and those between, let TCP ${port ?? 'port'} in`,
    'Never forwarded from the internet: over distance a VPN, or TLS with certificates',
    'Clock of the device is right (NTP)',
  ]
}
