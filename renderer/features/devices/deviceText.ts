import type { DeviceRow } from '#shared/contract/devices.ts'
import { sopClassName } from '#shared/dicom/sopClass.ts'
import type { StatusName } from '../../ui/StatusWord.tsx'

/** `GE Revolution, CT, room 2`; '' where nobody said what it is. */
export function deviceKind({
  vendor,
  model,
  modality,
  place,
}: Pick<DeviceRow, 'vendor' | 'model' | 'modality' | 'place'>): string {
  return [[vendor, model].filter(Boolean).join(' '), modality, place].filter(Boolean).join(', ')
}

export function stateOf({ access, online, lastSeenAt }: DeviceRow): { status: StatusName; word: string } {
  if (access === 'deny') return { status: 'refused', word: 'Blocked' }
  if (online) return { status: 'online', word: 'Online' }
  return lastSeenAt === null ? { status: 'none', word: 'Never seen' } : { status: 'quiet', word: 'Quiet' }
}

const MINUTE_MS = 60_000
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

function daysBetween(at: number, now: number): number {
  const midnight = (moment: number) => new Date(moment).setHours(0, 0, 0, 0)
  return Math.round((midnight(now) - midnight(at)) / 86_400_000)
}

/** `now`, `12 s ago`, `4 min ago`, `1 h ago`, `yesterday`, `3 days ago`, `12 Oct`; `never`. */
export function agoText(at: number | null, now: number): string {
  if (at === null) return 'never'
  const ms = Math.max(0, now - at)
  if (ms < 5000) return 'now'
  if (ms < MINUTE_MS) return `${Math.floor(ms / 1000)} s ago`
  if (ms < 60 * MINUTE_MS) return `${Math.floor(ms / MINUTE_MS)} min ago`
  const days = daysBetween(at, now)
  if (days === 0) return `${Math.floor(ms / (60 * MINUTE_MS))} h ago`
  if (days === 1) return 'yesterday'
  return days < 30 ? `${days} days ago` : date.format(at)
}

/** `10:21`, `Fri 08:34`, `12 Oct`. */
export function momentText(at: number, now: number): string {
  const days = daysBetween(at, now)
  if (days === 0) return clock.format(at)
  return days < 7 ? weekday.format(at).replace(',', '') : date.format(at)
}

/** `10:21, Bruno`; `none`. */
export function lastImageText(
  { lastImageAt, lastImageOf }: Pick<DeviceRow, 'lastImageAt' | 'lastImageOf'>,
  now: number,
): string {
  if (lastImageAt === null) return 'none'
  return [momentText(lastImageAt, now), lastImageOf].filter(Boolean).join(', ')
}

const NAMED = 3

/** `CT Image, MR Image, echo and 4 more`; what it offered, as a person at the device would say it. */
export function offeredText(sopClassUIDs: readonly string[]): string {
  const names = [...new Set(sopClassUIDs.map(className))].toSorted(
    (a, b) => Number(a === 'echo') - Number(b === 'echo'),
  )
  if (names.length === 0) return 'nothing'
  if (names.length <= NAMED) return joined(names)
  return `${names.slice(0, NAMED - 1).join(', ')} and ${names.length - NAMED + 1} more`
}

function className(uid: string): string {
  const name = sopClassName(uid)
  if (name === 'Verification') return 'echo'
  return name.replace(/ Storage( - For (Presentation|Processing))?$/, '').replace(/ Image$/, '')
}

function joined(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

/** Online first, blocked last; in each by name, so that rows stay where they are while images arrive. */
export function sortedDevices(devices: readonly DeviceRow[]): DeviceRow[] {
  const rank = ({ access, online, lastSeenAt }: DeviceRow) => {
    if (access === 'deny') return 3
    if (online) return 0
    return lastSeenAt === null ? 2 : 1
  }
  return devices.toSorted((a, b) => rank(a) - rank(b) || a.aeTitle.localeCompare(b.aeTitle) || a.deviceId - b.deviceId)
}

export function isFound(device: DeviceRow, wanted: string): boolean {
  const key = wanted.trim().toLowerCase()
  return [device.aeTitle, device.address, deviceKind(device), device.note, ...device.aliases].some((text) =>
    text.toLowerCase().includes(key),
  )
}
