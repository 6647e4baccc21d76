import type { KeySeal } from '#electron/certificates/keySeal.ts'
import type { DeviceList } from '#electron/devices/deviceList.ts'
import type { ServerList } from '#electron/servers/serverList.ts'
import { Changes } from '#electron/settings/changes.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import { deviceFields } from '#shared/contract/devices.ts'
import { ApiError } from '#shared/contract/errors.ts'
import { serverFields } from '#shared/contract/servers.ts'
import {
  type DescribedProfile,
  type ProfileParts,
  profileSettings,
  type SiteProfileView,
} from '#shared/contract/siteProfile.ts'
import { differences, type Held } from './differences.ts'
import type { FollowedProfile } from './followedProfile.ts'
import { fingerprintOf, readSignedProfile, type SignedProfile, signProfile } from './signedProfile.ts'
import { publicKeyOf, signingKey } from './signingKey.ts'

interface SiteProfileParts {
  followed: FollowedProfile
  keyFile: string
  seal: KeySeal | undefined
  servers: ServerList
  devices: DeviceList
  settings: SettingsStore
}

export interface SiteProfiles {
  view(): SiteProfileView
  export(name: string, include: ProfileParts, locks: ProfileParts): Promise<{ text: string; fingerprint: string }>
  look(text: string): DescribedProfile
  follow(text: string, fingerprint: string): SiteProfileView
  putBack(): SiteProfileView
  leave(): SiteProfileView
  onChange(listener: () => void): () => void
}

/** One workstation is set up, the others follow it: servers, devices and settings of a site in one signed file. */
export function openSiteProfile(parts: SiteProfileParts): SiteProfiles {
  const { followed, servers, devices, settings } = parts
  const present = () => ({ servers: servers.rows(), devices: devices.devices(), settings: settings.current() })

  const ownServers = () => servers.rows().filter(({ setBy }) => setBy !== 'file')
  const heldNow = (): Held => {
    const given = new Set<string>(settings.given)
    const deployed = new Set(servers.rows().flatMap(({ name, setBy }) => (setBy === 'file' ? [name] : [])))
    return (kind, key) => {
      if (kind === 'setting' && given.has(key)) return 'Set by the command line'
      return kind === 'server' && deployed.has(key) ? 'Set by the administrator’s file' : ''
    }
  }
  const half = publicKeyOf(parts.keyFile)
  const own = { fingerprint: half ? fingerprintOf(half) : '' }
  const exported = new Changes()

  const described = ({ profile, fingerprint }: SignedProfile): DescribedProfile => ({
    name: profile.name,
    issuedAt: profile.issuedAt,
    fingerprint,
    servers: profile.servers.length,
    devices: profile.devices.length,
    settings: Object.keys(profile.settings).length,
    locks: profile.locks,
    differences: differences(profile, present(), heldNow()),
  })
  const view = (): SiteProfileView => {
    const signed = followed.current()
    return { followed: signed ? described(signed) : null, problem: followed.problem, ownFingerprint: own.fingerprint }
  }
  /** Throws where it would replace the profile of another site, or a later one. */
  const read = (text: string): SignedProfile => {
    const next = readSignedProfile(text)
    const now = followed.current()
    if (!now) return next
    if (now.fingerprint !== next.fingerprint)
      throw refused(
        `It is signed by another key than ${now.profile.name}, which is followed here. Leave that one first.`,
      )
    if (next.profile.issuedAt < now.profile.issuedAt)
      throw refused('It is older than the profile that is followed here. Ask for the newest one.')
    return next
  }
  const putInForce = ({ profile }: SignedProfile) =>
    followed.apply(() => {
      servers.adopt(profile.servers)
      devices.adopt(profile.devices)
      settings.adopt(profile.settings)
    })

  return {
    view,
    async export(name, include, locks) {
      const key = await signingKey(parts.keyFile, parts.seal)
      const now = present()
      const profile = {
        name,
        issuedAt: new Date().toISOString(),
        // The administrator's file goes its own way to each workstation.
        servers: include.servers ? ownServers().map((row) => serverFields.parse(row)) : [],
        devices: include.devices ? now.devices.map((row) => deviceFields.parse(row)) : [],
        settings: include.settings ? profileSettings.parse(now.settings) : {},
        locks: {
          servers: include.servers && locks.servers,
          devices: include.devices && locks.devices,
          settings: include.settings && locks.settings,
        },
      }
      const { text, fingerprint } = signProfile(profile, key)
      if (own.fingerprint !== fingerprint) {
        own.fingerprint = fingerprint
        exported.tell()
      }
      return { text, fingerprint }
    },
    look: (text) => described(read(text)),
    follow(text, fingerprint) {
      const signed = read(text)
      if (signed.fingerprint !== fingerprint) throw refused('The file changed meanwhile. Choose it again.')
      putInForce(signed)
      followed.follow(signed)
      return view()
    },
    putBack() {
      const signed = followed.current()
      if (!signed) throw new ApiError('not-found', 'This workstation follows no profile.')
      putInForce(signed)
      return view()
    },
    leave() {
      followed.leave()
      return view()
    },
    onChange(listener) {
      const stops = [followed, servers, devices, settings, exported].map((one) => one.onChange(listener))
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}

const refused = (message: string) => new ApiError('invalid-input', message, { field: 'text' })
