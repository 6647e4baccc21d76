import { expect, test } from 'vitest'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { CT_IMAGE, VERIFICATION } from '#shared/dicom/sopClass.ts'
import { agoText, deviceKind, isFound, lastImageText, offeredText, sortedDevices, stateOf } from './deviceText.ts'

const device: DeviceRow = {
  ...{ deviceId: 1, revision: 1, aeTitle: 'CT1', address: '10.0.0.1', vendor: 'GE', model: 'Revolution' },
  ...{ modality: 'CT', place: 'room 2', note: '', aliases: ['CT_OLD'], calledAs: [], access: 'allow', online: false },
  ...{ lastSeenAt: null, lastImageAt: null, lastImageOf: '', lastStudyId: null, days: [], locked: false },
}
const now = new Date(2026, 10, 21, 15, 0).getTime()

test('when it was heard is said as a person says it', () => {
  const ago = (ms: number) => agoText(now - ms, now)
  expect([ago(100), ago(12_000), ago(240_000), ago(3_700_000)]).toEqual(['now', '12 s ago', '4 min ago', '1 h ago'])
  expect([ago(16 * 3_600_000), ago(72 * 3_600_000), agoText(null, now)]).toEqual(['yesterday', '3 days ago', 'never'])
  expect(ago(60 * 24 * 3_600_000)).toBe('22 Sept')
})

test('what a device is, and its last image, stand in one phrase', () => {
  expect(deviceKind(device)).toBe('GE Revolution, CT, room 2')
  expect(lastImageText(device, now)).toBe('none')
  expect(lastImageText({ lastImageAt: now - 60_000, lastImageOf: 'Bruno' }, now)).toBe('14:59, Bruno')
})

test('what was offered is named without the words of the standard, the echo last', () => {
  expect(offeredText([VERIFICATION, CT_IMAGE])).toBe('CT and echo')
  expect(offeredText([])).toBe('nothing')
  const many = [VERIFICATION, CT_IMAGE, '1.2.840.10008.5.1.4.1.1.4', '1.2.840.10008.5.1.4.1.1.1']
  expect(offeredText(many)).toMatch(/^CT, MR and 2 more$/)
})

test('who is online stands first, who is blocked last', () => {
  const rows: DeviceRow[] = [
    { ...device, deviceId: 1, access: 'deny', online: true },
    { ...device, deviceId: 2 },
    { ...device, deviceId: 3, lastSeenAt: 5 },
    { ...device, deviceId: 4, aeTitle: 'ZZ', online: true, lastSeenAt: 5 },
  ]
  expect(sortedDevices(rows).map(({ deviceId }) => deviceId)).toEqual([4, 3, 2, 1])
  expect(rows.map((row) => stateOf(row).word)).toEqual(['Blocked', 'Never seen', 'Quiet', 'Online'])
})

test('a device is found by any of its names and by what it is', () => {
  expect(['ct_old', '10.0', 'revol', ' room'].map((text) => isFound(device, text))).toEqual([true, true, true, true])
  expect(isFound(device, 'mr')).toBe(false)
})
