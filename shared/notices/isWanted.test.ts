import { expect, test } from 'vitest'
import type { Newness, NoticePreferences } from '#shared/contract/notices.ts'
import { isQuiet, isWanted } from './isWanted.ts'

const preferences: NoticePreferences = {
  ...{ isOn: true, quietFrom: '20:00', quietTo: '07:00', usual: 'instance' },
  sources: { CT_ROOM: 'study', US_OLD: 'nothing', 'Main PACS': 'series' },
}
const noon = new Date(2026, 10, 21, 12)
const heardOf = (source: string) =>
  (['study', 'series', 'instance'] satisfies Newness[]).filter((level) =>
    isWanted({ source, level }, preferences, noon),
  )

test('each source is heard of studies, series, images, or not at all; others as usual', () => {
  expect(heardOf('CT_ROOM')).toEqual(['study'])
  expect(heardOf('Main PACS')).toEqual(['study', 'series'])
  expect(heardOf('US_OLD')).toEqual([])
  expect(heardOf('MR_ROOM')).toEqual(['study', 'series', 'instance'])
  expect(heardOf('constructor')).toEqual(['study', 'series', 'instance'])
})

test('a rule is always heard, but not in quiet hours, nor while notices are off', () => {
  const rule = { source: '', level: null }
  expect(isWanted(rule, { ...preferences, usual: 'nothing' }, noon)).toBe(true)
  expect(isWanted(rule, { ...preferences, isOn: false }, noon)).toBe(false)
  expect(isWanted(rule, preferences, new Date(2026, 10, 21, 23))).toBe(false)
})

test('quiet hours go over midnight, and equal times are none', () => {
  const at = (hour: number) => new Date(2026, 10, 21, hour)
  expect([19, 20, 3, 7].map((hour) => isQuiet(preferences, at(hour)))).toEqual([false, true, true, false])
  expect([0, 12].map((hour) => isQuiet({ quietFrom: '12:00', quietTo: '12:00' }, at(hour)))).toEqual([false, false])
})
