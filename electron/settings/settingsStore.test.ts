import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
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

test('a setting that a later version adds has its default, a wrong one sets the file aside', () => {
  mkdirSync(join(folder, 'config'))
  const file = join(folder, 'config', 'settings.json')
  writeFileSync(file, JSON.stringify({ confirmed: true, settings: { aeTitle: 'OLD' } }))
  expect(openSettings(folder).current()).toEqual({ ...DEFAULT_SETTINGS, aeTitle: 'OLD' })
  writeFileSync(file, JSON.stringify({ confirmed: true, settings: { dicomPort: 'x' } }))
  const settings = openSettings(folder)
  expect(settings.confirmed()).toBe(false)
  expect(settings.notice).toContain('settings.dicomPort')
  expect(readdirSync(join(folder, 'config')).some((name) => name.includes('broken'))).toBe(true)
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
