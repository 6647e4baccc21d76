import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDeviceList } from '#electron/devices/deviceList.ts'
import { openServers } from '#electron/servers/serverList.ts'
import { openSettings } from '#electron/settings/settingsStore.ts'
import type { DeviceFields } from '#shared/contract/devices.ts'
import { deployProfile } from './deployProfile.ts'
import { FollowedProfile } from './followedProfile.ts'
import { openSiteProfile } from './openSiteProfile.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'site-profile-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const everything = { servers: true, devices: true, settings: true }
const nothing = { servers: false, devices: false, settings: false }
const device: DeviceFields = {
  ...{ aeTitle: 'DX1', address: '10.0.0.7', vendor: 'Sound-Eklin', model: '', modality: 'DX', place: 'Room 2' },
  ...{ note: '', aliases: [], calledAs: [], access: 'allow' },
}

/** Opened anew on the same folder it is the same workstation after a restart. */
function workstation(name: string) {
  const config = join(folder, name, 'config')
  const followed = new FollowedProfile(join(config, 'site-profile.json'))
  const flags = name === 'other' ? { requestTimeoutSeconds: 7 } : {}
  const settings = openSettings(join(folder, name), flags, followed.locksOn('settings'))
  const servers = openServers(join(folder, name), { locks: followed.locksOn('servers') })
  const devices = openDeviceList(join(folder, name), followed.locksOn('devices'))
  const keyFile = join(config, 'profile-key.pem')
  const site = openSiteProfile({ followed, keyFile, seal: undefined, servers, devices, settings })
  return { settings, servers, devices, site, keyFile, config }
}
type Workstation = ReturnType<typeof workstation>

function follow({ site }: Workstation, text: string) {
  return site.follow(text, site.look(text).fingerprint)
}

async function template() {
  const one = workstation('template')
  const server = one.servers.add(11112)
  one.servers.update(server.serverId, { ...server, name: 'Northview', host: '10.0.0.4' })
  one.devices.add(device)
  one.settings.update({ checkAddress: false, trashDays: 90, theme: 'light' })
  return one
}
const draw = async (one: Workstation, locks = nothing) => (await one.site.export('Clinic', everything, locks)).text

test('a workstation that follows a profile has its servers, devices and settings, and keeps its own', async () => {
  const text = await draw(await template())
  const other = workstation('other')
  other.devices.add({ ...device, aeTitle: 'US1' })
  expect(other.site.look(text).differences.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'server Northview',
    'device DX1 at 10.0.0.7',
    'setting Its address is among the devices or servers',
    'setting Keep what is deleted for (days)',
    // given on its command line
    'setting Request timeout (s)',
  ])
  const { followed } = follow(other, text)
  expect(followed?.differences).toMatchObject([{ name: 'Request timeout (s)', held: 'Set by the command line' }])
  expect(other.servers.rows()).toMatchObject([{ name: 'Northview', host: '10.0.0.4', readOnly: false }])
  expect(other.devices.devices().map(({ aeTitle }) => aeTitle)).toEqual(['US1', 'DX1'])
  expect(other.settings.current()).toMatchObject({ trashDays: 90, theme: 'dark', requestTimeoutSeconds: 7 })
})

test('what somebody changes afterwards is shown field by field, and put back', async () => {
  const other = workstation('other')
  follow(other, await draw(await template()))
  const [row] = other.servers.rows()
  if (!row) throw new Error('no server')
  other.servers.update(row.serverId, { ...row, port: 4242 })
  other.devices.delete(other.devices.devices()[0]?.deviceId ?? 0)
  const again = workstation('other')
  const differs = again.site.view().followed?.differences.filter(({ kind }) => kind !== 'setting')
  expect(differs).toEqual([
    {
      kind: 'server',
      name: 'Northview',
      missing: false,
      held: '',
      values: [{ field: 'Port', wanted: String(row.port), found: '4242' }],
    },
    { kind: 'device', name: 'DX1 at 10.0.0.7', missing: true, held: '', values: [] },
  ])
  expect(again.site.putBack().followed?.differences).toMatchObject([{ kind: 'setting' }])
})

test('what is locked cannot be changed, also after a restart; the rest and new entries can', async () => {
  follow(workstation('other'), await draw(await template(), everything))
  const { servers, devices, settings, site } = workstation('other')
  const [row] = servers.rows()
  if (!row) throw new Error('no server')
  expect(row.readOnly).toBe(true)
  expect(() => servers.update(row.serverId, { ...row, port: 1 })).toThrow('set by your administrator')
  expect(() => servers.delete(row.serverId)).toThrow('set by your administrator')
  const [locked] = devices.devices()
  if (!locked) throw new Error('no device')
  expect(() => devices.delete(locked.deviceId)).toThrow('set by the site profile')
  expect(() => devices.update(locked.deviceId, locked.revision, { ...device, access: 'deny' })).toThrow('site profile')
  expect(settings.fixed).toContain('trashDays')
  expect(() => settings.update({ trashDays: 1 })).toThrow('set by the site profile')
  settings.update({ theme: 'light' })
  const own = servers.add(11112)
  servers.setLastTest(row.serverId, {
    ...{ at: 1, ok: true, elapsedMs: 1, sentence: '', technical: '', ourAddress: '', security: null },
  })
  servers.move(own.serverId, -1)
  expect(servers.rows().map(({ name }) => name)).toEqual(['Northview', 'New server'])
  site.leave()
  servers.delete(row.serverId)
  expect(settings.fixed).not.toContain('trashDays')
})

test('a profile that was changed, is of another signer, is older, or is none at all is refused in words', async () => {
  const one = await template()
  const first = await draw(one)
  await expect.poll(() => new Date().toISOString()).not.toBe(one.site.look(first).issuedAt)
  const second = await draw(one)
  const other = workstation('other')
  follow(other, second)
  expect(() => follow(other, first)).toThrow('older')
  const stranger = workstation('stranger')
  const foreign = await draw(stranger)
  expect(() => follow(other, foreign)).toThrow('another key')
  expect(() => other.site.look(second.replace('10.0.0.4', '10.9.9.9'))).toThrow('changed after it was signed')
  expect(() => other.site.look('{"servers":[]}')).toThrow('no site profile')
  expect(() => other.site.look('not JSON')).toThrow('no site profile')
  expect(() => stranger.site.follow(second, 'AB:CD')).toThrow('Choose it again')
  expect(other.site.view().followed?.name).toBe('Clinic')
})

test('a profile whose file was touched on the disk is not in force, and that is said', async () => {
  follow(workstation('other'), await draw(await template(), everything))
  const file = join(folder, 'other', 'config', 'site-profile.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('10.0.0.4', '10.9.9.9'))
  const { site, servers } = workstation('other')
  expect(site.view()).toMatchObject({ followed: null, problem: expect.stringContaining('not in force') })
  expect(servers.rows()[0]?.readOnly).toBe(false)
})

test('an administrator names the file on the command line; what is wrong with it is one line', async () => {
  const file = join(folder, 'profile.json')
  writeFileSync(file, await draw(await template()))
  const { site } = workstation('other')
  expect(deployProfile(site, file)).toBe('')
  expect(site.view().followed?.name).toBe('Clinic')
  expect(deployProfile(site, join(folder, 'none.json'))).toContain('There is no such file.')
})

test('values inside of values are told in the words of the pages', async () => {
  const one = await template()
  const [row] = one.servers.rows()
  if (!row) throw new Error('no server')
  const other = workstation('other')
  follow(other, await draw(one))
  const [here] = other.servers.rows()
  if (!here) throw new Error('no server')
  other.servers.update(here.serverId, {
    ...here,
    ...{ queryDates: { kind: 'last', count: 6, unit: 'months' }, preferredCompression: 'jpeg-ls-lossless' },
    storeEndpoint: { aeTitle: 'STORE', host: here.host, port: 11113 },
  })
  const differs = other.site.view().followed?.differences.find(({ kind }) => kind === 'server')
  expect(differs?.values).toEqual([
    { field: 'Preferred compression', wanted: 'none', found: 'JPEG-LS lossless' },
    { field: 'Store AE title', wanted: '(none)', found: 'STORE' },
    { field: 'Store host', wanted: '(none)', found: '10.0.0.4' },
    { field: 'Store port', wanted: '(none)', found: '11113' },
    { field: 'Studies shown', wanted: 'all', found: 'last 6 months' },
  ])
})

test('by which fingerprint its profiles are known is told before and after a restart', async () => {
  const one = await template()
  expect(one.site.view().ownFingerprint).toBe('')
  const { text, fingerprint } = await one.site.export('Clinic', everything, nothing)
  expect(one.site.view().ownFingerprint).toBe(fingerprint)
  expect(workstation('template').site.view().ownFingerprint).toBe(fingerprint)
  expect(workstation('other').site.look(text).fingerprint).toBe(fingerprint)
})

test('neither the signing key nor looks nor names are in a profile, and only we can read the key', async () => {
  const one = await template()
  const text = await draw(one)
  expect(text).not.toContain('PRIVATE')
  expect(text).not.toContain('theme')
  expect(text).not.toContain('dicomPort')
  expect(statSync(one.keyFile).mode & 0o777).toBe(0o600)
})
