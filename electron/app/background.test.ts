import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '#electron/archive/archiveFixture.ts'
import { openNoticePreferences } from '#electron/notices/noticePreferences.ts'
import { Notices } from '#electron/notices/notices.ts'
import { autostartEntry, startAtLogin } from './startAtLogin.ts'
import { tellBySystem } from './systemNotices.ts'
import { trayTemplate } from './tray.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

test('the icon says whether it receives, opens the window, and switches what goes on without one', () => {
  const done: string[] = []
  const items = trayTemplate({
    listening: { state: 'listening', aeTitle: 'NORTH', port: 11112, tlsPort: null, tlsOnly: false, tlsProblem: '' },
    ...{ keepsReceiving: true, startsAtLogin: false },
    open: () => done.push('open'),
    setKeepsReceiving: (on) => done.push(`receive ${on}`),
    setStartsAtLogin: (on) => done.push(`login ${on}`),
    quit: () => done.push('quit'),
  })
  expect(items[0]).toMatchObject({ label: 'Receiving as NORTH on port 11112', enabled: false })
  for (const item of items) (item as { click?: () => void }).click?.()
  expect(done).toEqual(['open', 'receive false', 'login true', 'quit'])
  const elsewhere = trayTemplate({ ...plain(), startsAtLogin: undefined })
  expect(labels(elsewhere)).not.toContain('Start when I sign in')
})

const labels = (items: MenuItemConstructorOptions[]) => items.map(({ label }) => label)
const plain = () => ({
  ...{ listening: { state: 'not-yet' as const }, keepsReceiving: true },
  ...{ open: () => {}, setKeepsReceiving: () => {}, setStartsAtLogin: () => {}, quit: () => {} },
})

/** As Electron has it on Windows: what was set comes back for the same program and arguments. */
function loginItems() {
  const kept = new Map<string, boolean>()
  const key = (item?: { path?: string; args?: string[] }) => JSON.stringify([item?.path, item?.args])
  return {
    getLoginItemSettings: (item?: { path?: string; args?: string[] }) =>
      ({ openAtLogin: kept.get(key(item)) ?? false }) as Electron.LoginItemSettings,
    setLoginItemSettings: (item: Electron.Settings) => void kept.set(key(item), item.openAtLogin ?? false),
  }
}

test.each(['darwin', 'win32', 'linux'] as const)('it is started at sign-in, or not, on %s', (platform) => {
  const login = startAtLogin({ app: loginItems(), platform, executable: '/opt/N/n', configFolder: folder.path })
  expect(login?.isOn()).toBe(false)
  login?.set(true)
  expect(login?.isOn()).toBe(true)
  const file = join(folder.path, 'autostart', 'negatoscope.desktop')
  expect(existsSync(file)).toBe(platform === 'linux')
  if (platform === 'linux') expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/N/n" --hidden\n')
  login?.set(false)
  expect(login?.isOn()).toBe(false)
})

test('a path with signs of the shell is one word in the autostart entry', () => {
  expect(autostartEntry('/opt/50% "x" $HOME')).toContain('Exec="/opt/50%% \\\\"x\\\\" \\\\$HOME" --hidden')
})

test('what came is said by the system only while there is no window, and only as chosen', () => {
  const notices = new Notices()
  const preferences = openNoticePreferences(folder.path)
  const said: string[] = []
  let isOpen = false
  const notice = { at: 0, studyIds: [], source: 'CT_ROOM', level: 'study' as const, serverId: null }
  notices.add({ ...notice, text: 'old' })
  const stop = tellBySystem({ notices, preferences, hasWindow: () => isOpen, say: (text) => said.push(text) })
  notices.add({ ...notice, text: 'off' })
  preferences.change({ isOn: true, sources: { US: 'nothing' } })
  notices.add({ ...notice, text: 'first' })
  notices.add({ ...notice, text: 'muted', source: 'US' })
  isOpen = true
  notices.add({ ...notice, text: 'in the window' })
  isOpen = false
  notices.add({ ...notice, text: 'second' })
  stop()
  notices.add({ ...notice, text: 'after the end' })
  expect(said).toEqual(['first', 'second'])
  expect(openNoticePreferences(folder.path).current()).toMatchObject({ isOn: true, sources: { US: 'nothing' } })
})
