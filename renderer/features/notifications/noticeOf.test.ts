import { expect, test } from 'vitest'
import { type Arrival, isQuiet, noticeOf, sourceOf } from './noticeOf.ts'

const row: Arrival = {
  ...{ transferId: 'a', kind: 'receive', endedAt: 1, peer: 'CT ROOM 10.0.0.7', done: 20, failed: 0, studyIds: [1] },
}
const settings = { isOn: true, quietFrom: '20:00', quietTo: '07:00', muted: [] }
const noon = new Date(2026, 10, 21, 12)

test('what came in is said without the patient', () => {
  expect(noticeOf(row, settings, noon)).toBe('20 images from CT ROOM')
  expect(noticeOf({ ...row, failed: 1 }, settings, noon)).toBe('20 images from CT ROOM, 1 image could not be taken')
  expect(sourceOf({ kind: 'retrieve', peer: 'Main PACS' })).toBe('Main PACS')
})

test('nothing is said of what goes out, is under way, brought nothing, is muted, or at night', () => {
  expect(noticeOf({ ...row, kind: 'send' }, settings, noon)).toBeUndefined()
  expect(noticeOf({ ...row, endedAt: null }, settings, noon)).toBeUndefined()
  expect(noticeOf({ ...row, done: 0 }, settings, noon)).toBeUndefined()
  expect(noticeOf(row, { ...settings, muted: ['CT ROOM'] }, noon)).toBeUndefined()
  expect(noticeOf(row, { ...settings, isOn: false }, noon)).toBeUndefined()
  expect(noticeOf(row, settings, new Date(2026, 10, 21, 23))).toBeUndefined()
})

test('quiet hours go over midnight, and equal times are none', () => {
  const at = (hour: number) => new Date(2026, 10, 21, hour)
  expect([19, 20, 3, 7].map((hour) => isQuiet(settings, at(hour)))).toEqual([false, true, true, false])
  expect([0, 12].map((hour) => isQuiet({ quietFrom: '12:00', quietTo: '12:00' }, at(hour)))).toEqual([false, false])
})
