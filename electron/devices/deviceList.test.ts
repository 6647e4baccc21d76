import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeviceFields } from '#shared/contract/devices.ts'
import { openDeviceList } from './deviceList.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-devices-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const fields: DeviceFields = {
  ...{ aeTitle: 'CT1', address: '10.0.0.1', vendor: 'GE', model: 'Revolution', modality: 'CT', place: '', note: '' },
  ...{ aliases: ['CT_1'], calledAs: [], access: 'allow' },
}

test('a device is kept with all of its fields', () => {
  const device = openDeviceList(folder).add(fields)
  expect(openDeviceList(folder).devices()).toEqual([device])
  expect(device).toMatchObject(fields)
})

test('the same name at the same address is refused, at another one it is another device', () => {
  const list = openDeviceList(folder)
  list.add(fields)
  expect(() => list.add(fields)).toThrow(/CT1 at 10.0.0.1 is in the list already/)
  const other = list.add({ ...fields, address: '' })
  expect(() => list.update(other.deviceId, other.revision, fields)).toThrow(/in the list already/)
})

test('who saves over a change of another window is told', () => {
  const list = openDeviceList(folder)
  const { deviceId, revision } = list.add(fields)
  list.update(deviceId, revision, { ...fields, place: 'room 2' })
  expect(() => list.update(deviceId, revision, { ...fields, place: 'room 3' })).toThrow(/another window/)
  expect(list.get(deviceId).place).toBe('room 2')
})

test('what was deleted comes back as it was', () => {
  const list = openDeviceList(folder)
  const device = list.add(fields)
  list.delete(device.deviceId)
  expect(() => list.get(device.deviceId)).toThrow(/no longer/)
  expect(list.restore(device.deviceId)).toEqual(device)
  expect(openDeviceList(folder).devices()).toEqual([device])
})

test('what a power cut left half written beside the list is not the list', () => {
  const list = openDeviceList(folder)
  const device = list.add(fields)
  const file = join(folder, 'config', 'devices.json')
  writeFileSync(`${file}.tmp`, readFileSync(file, 'utf8').slice(0, 40))
  const again = openDeviceList(folder)
  expect(again.devices()).toEqual([device])
  expect(again.notice).toBeUndefined()
  expect(again.add({ ...fields, aeTitle: 'CT2' }).deviceId).toBe(2)
})

test('a caller is ignored until the ignored ones are shown again', () => {
  const list = openDeviceList(folder)
  list.ignore({ aeTitle: 'X', address: '10.0.0.9', calledAETitle: 'OLD' })
  expect(openDeviceList(folder).ignored()).toHaveLength(1)
  list.showIgnored()
  expect(openDeviceList(folder).ignored()).toEqual([])
})
