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

/** What is not as the profile says. What a workstation has besides is its own matter. */
export function differences(profile: SiteProfile, present: Present): Difference[] {
  const servers = new Map(present.servers.map((one) => [one.name, serverFields.parse(one)]))
  const devices = new Map(present.devices.map((one) => [deviceKey(one), deviceFields.parse(one)]))
  const settings = Object.entries(profile.settings).flatMap(([field, wanted]) => {
    const found = present.settings[field as keyof Settings]
    return compare('setting', fieldWords(field), { [field]: wanted }, { [field]: found })
  })
  return [
    ...profile.servers.flatMap((one) => compare('server', one.name, one, servers.get(one.name))),
    ...profile.devices.flatMap((one) => compare('device', deviceKey(one), one, devices.get(deviceKey(one)))),
    ...settings,
  ]
}

function compare(kind: Difference['kind'], name: string, wanted: object, found: object | undefined): Difference[] {
  if (!found) return [{ kind, name, values: [], missing: true }]
  const present = new Map(Object.entries(found))
  const values = Object.entries(wanted)
    .filter(([field, value]) => canonicalJson(value) !== canonicalJson(present.get(field) ?? null))
    .map(([field, value]) => ({
      field: fieldWords(field),
      wanted: valueWords(value),
      found: valueWords(present.get(field)),
    }))
  return values.length > 0 ? [{ kind, name, values, missing: false }] : []
}
