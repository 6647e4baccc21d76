import { flatParts } from '#electron/servers/flatParts.ts'
import type { DeviceFields } from '#shared/contract/devices.ts'
import { deviceFields } from '#shared/contract/devices.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import { serverFields } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { Difference, SiteProfile } from '#shared/contract/siteProfile.ts'
import { canonicalJson } from './canonicalJson.ts'
import { fieldWords, valueWords } from './words.ts'

export interface Present {
  servers: readonly ServerFields[]
  devices: readonly DeviceFields[]
  settings: Settings
}

export const deviceKey = ({ aeTitle, address }: Pick<DeviceFields, 'aeTitle' | 'address'>) =>
  address === '' ? aeTitle : `${aeTitle} at ${address}`

/** Why something here cannot become as the profile says; '' where it can. */
export type Held = (kind: Difference['kind'], key: string) => string

/** What is not as the profile says. What a workstation has besides is its own matter. */
export function differences(profile: SiteProfile, present: Present, held: Held): Difference[] {
  const servers = new Map(present.servers.map((one) => [one.name, flat(serverFields.parse(one))]))
  const devices = new Map(present.devices.map((one) => [deviceKey(one), deviceFields.parse(one)]))
  const settings = Object.entries(profile.settings).flatMap(([field, wanted]) => {
    const found = present.settings[field as keyof Settings]
    const name = fieldWords('setting', field)
    return compare({ kind: 'setting', name, held: held('setting', field) }, { [field]: wanted }, { [field]: found })
  })
  const named = (kind: 'server' | 'device', name: string) => ({ kind, name, held: held(kind, name) })
  return [
    ...profile.servers.flatMap((one) => compare(named('server', one.name), flat(one), servers.get(one.name))),
    ...profile.devices.flatMap((one) => {
      const key = deviceKey(one)
      return compare(named('device', key), one, devices.get(key))
    }),
    ...settings,
  ]
}

/** Without values inside of values: each stands on a line of its own, in words. */
function flat(server: ServerFields): object {
  const { storeEndpoint, queryDates, retrieving, sendHours, acceptedClasses, acceptedSyntaxes, ...plain } = server
  return { ...plain, ...flatParts(server) }
}

type Entry = Pick<Difference, 'kind' | 'name' | 'held'>

function compare(entry: Entry, wanted: object, found: object | undefined): Difference[] {
  if (!found) return [{ ...entry, values: [], missing: true }]
  const present = new Map(Object.entries(found))
  const values = Object.entries(wanted)
    .filter(([field, value]) => canonicalJson(value) !== canonicalJson(present.get(field) ?? null))
    .map(([field, value]) => ({
      field: fieldWords(entry.kind, field),
      wanted: valueWords(field, value),
      found: valueWords(field, present.get(field)),
    }))
  return values.length > 0 ? [{ ...entry, values, missing: false }] : []
}
