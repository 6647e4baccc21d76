import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Settings } from '#shared/contract/settings.ts'
import { DEFAULT_SETTINGS, openSettings } from './settingsStore.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-settings-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a fresh installation is not confirmed; confirming is kept', () => {
  const settings = openSettings(folder)
  expect(settings.current()).toEqual(DEFAULT_SETTINGS)
  expect(settings.confirmed()).toBe(false)
  settings.update({ aeTitle: 'WARD3' })
  settings.confirm()
  const again = openSettings(folder)
  expect(again.confirmed()).toBe(true)
  expect(again.current().aeTitle).toBe('WARD3')
})

test('the command line wins, is fixed, and is never written down', () => {
  const settings = openSettings(folder, { aeTitle: 'FLAG', dicomPort: 4242, checkAddress: undefined })
  expect(settings.confirmed()).toBe(true)
  expect(settings.fixed).toEqual(['aeTitle', 'dicomPort'])
  expect(() => settings.update({ aeTitle: 'OTHER' })).toThrow(/command line/)
  settings.update({ theme: 'light' })
  expect(openSettings(folder).current()).toEqual({ ...DEFAULT_SETTINGS, theme: 'light' })
})

test('listeners hear of each change', () => {
  const settings = openSettings(folder)
  let heard = 0
  const stop = settings.onChange(() => {
    heard += 1
  })
  settings.update({ density: 'roomy' })
  stop()
  settings.update({ density: 'compact' })
  expect(heard).toBe(1)
})

test('a setting that a later version adds has its default', () => {
  mkdirSync(join(folder, 'config'))
  const file = join(folder, 'config', 'settings.json')
  writeFileSync(file, JSON.stringify({ confirmed: true, settings: { aeTitle: 'OLD' } }))
  expect(openSettings(folder).current()).toEqual({ ...DEFAULT_SETTINGS, aeTitle: 'OLD' })
})

describe('a file with a value that cannot be read', () => {
  const config = () => join(folder, 'config')
  const openWith = (content: unknown) => {
    mkdirSync(config(), { recursive: true })
    writeFileSync(
      join(config(), 'settings.json'),
      typeof content === 'string' ? content : JSON.stringify(content, undefined, 2),
    )
    return openSettings(folder)
  }
  const kept = () =>
    readdirSync(config())
      .filter((name) => name.includes('broken'))
      .map((name) => readFileSync(join(config(), name), 'utf8'))

  test('keeps the others, is kept beside itself, and says in words what holds now', () => {
    const content = { confirmed: true, settings: { aeTitle: 'WARD3', idleTimeoutSeconds: 'x', checkAddress: false } }
    const settings = openWith(content)
    expect(settings.current()).toEqual({ ...DEFAULT_SETTINGS, aeTitle: 'WARD3', checkAddress: false })
    expect(settings.confirmed()).toBe(true)
    expect(settings.notice).toMatch(
      /^settings\.json: One setting was not readable\. Now in place: Idle timeout \(s\): 600\. The others are as they were\. The file as it was is kept as settings\.broken-.*\.json\.$/,
    )
    expect(kept().map((text) => JSON.parse(text))).toEqual([content])
    // Repaired for good: the next start has nothing to say.
    const again = openSettings(folder)
    expect([again.notice, again.problem(), again.current()]).toEqual([undefined, '', settings.current()])
  })

  test('is said until somebody changes a setting', () => {
    const settings = openWith({ confirmed: true, settings: { trashDays: -1 } })
    expect(settings.problem()).toBe(settings.notice)
    settings.update({ theme: 'light' })
    expect(settings.problem()).toBe(settings.notice)
    settings.update({ trashDays: 60 })
    expect(settings.problem()).toBe('')
  })

  test('lets in nobody whom it did not let in before, whichever value it is', () => {
    // As tight as can be; then one value after the other cannot be read.
    const tight: Settings = {
      ...DEFAULT_SETTINGS,
      ...{ bindAddress: '127.0.0.1', plainListener: false, tlsListener: true, tlsClientCertificates: 'require' },
      ...{ answerStorage: false, answerStorageCommitment: false, unknownClasses: 'refuse', dicomwebTls: true },
      ...{ notificationTls: true, trashDays: 3650, onConflict: 'keep-first' },
    }
    // What says who, where and how; ports and limits are no doors.
    const doors = Object.keys(tight).filter((key) => {
      const value = tight[key as keyof Settings]
      return typeof value === 'boolean' || ['bindAddress', 'tlsClientCertificates', 'dicomwebAddress'].includes(key)
    }) as (keyof Settings)[]
    for (const key of Object.keys(tight) as (keyof Settings)[]) {
      const { [key]: _, ...others } = tight
      const settings = openWith({ confirmed: true, settings: { ...others, [key]: { no: 'value' } } })
      const now = settings.current()
      for (const door of doors)
        if (door !== 'tlsListener') expect([key, door, now[door]]).toEqual([key, door, tight[door]])
      expect([key, settings.confirmed()]).toEqual([key, key !== 'aeTitle' && key !== 'dicomPort'])
      rmSync(config(), { recursive: true })
    }
    const tls = openWith({ confirmed: true, settings: { ...tight, tlsListener: 'yes' } })
    expect(tls.current()).toMatchObject({ tlsListener: false, plainListener: false })
  })

  test('without name or port nothing listens until a person says so', () => {
    const settings = openWith({ confirmed: true, settings: { dicomPort: 70_000, aeTitle: 'WARD3' } })
    expect([settings.confirmed(), settings.current().aeTitle, settings.current().dicomPort]).toEqual([
      ...[false, 'WARD3', 11112],
    ])
    expect(settings.notice).toContain('Nothing listens until a person confirms name and port.')
    expect(openWith({ confirmed: 'yes', settings: {} }).confirmed()).toBe(false)
  })

  test('of which nothing can be told is set aside whole', () => {
    for (const content of ['{"confirmed": tr', '[]', { confirmed: true }, { confirmed: true, settings: [1] }]) {
      const settings = openWith(content)
      expect([settings.confirmed(), settings.current()]).toEqual([false, DEFAULT_SETTINGS])
      expect(settings.notice).toContain('the program goes on with defaults')
      expect(kept()).toHaveLength(1)
      rmSync(config(), { recursive: true })
    }
  })

  test('one of the two ways of before is the tight one', () => {
    expect(openWith({ confirmed: true, settings: { accept: 'everybody' } }).current()).toEqual(DEFAULT_SETTINGS)
  })
})

test('the two ways of before become three checks', () => {
  mkdirSync(join(folder, 'config'))
  const file = join(folder, 'config', 'settings.json')
  const read = (settings: object) => {
    writeFileSync(file, JSON.stringify({ confirmed: true, settings }))
    return openSettings(folder).current()
  }
  const none = { checkCalledAETitle: false, checkCallingAETitle: false, checkAddress: false }
  expect(read({ accept: 'known' })).toEqual(DEFAULT_SETTINGS)
  expect(read({ accept: 'any' })).toEqual({ ...DEFAULT_SETTINGS, ...none })
  expect(read({ accept: 'any', checkAddress: true })).toEqual({ ...DEFAULT_SETTINGS, ...none, checkAddress: true })
})
