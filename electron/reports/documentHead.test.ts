import { expect, test } from 'vitest'
import { documentHead } from './documentHead.ts'
import { KEY_OBJECT_SELECTION } from './keyObjects.ts'

const headOf = (more: Record<string, string>, at: Date) => {
  const said: Record<string, string> = { StudyInstanceUID: '1.2.3', StudyDate: '20261121', StudyTime: '2330', ...more }
  return documentHead({
    source: (keyword) => said[keyword] ?? '',
    ...{ sopClassUID: KEY_OBJECT_SELECTION, sopInstanceUID: '1.2.4', seriesInstanceUID: '1.2.5', modality: 'KO' },
    ...{ seriesNumber: 1, instanceNumber: 1, seriesDescription: '', evidence: [], at },
  })
}

test('the times of a document are in the zone of its study', () => {
  const head = headOf({ TimezoneOffsetFromUTC: '+0530' }, new Date('2026-11-21T20:00:00Z'))
  expect(head).toMatchObject({ TimezoneOffsetFromUTC: '+0530', StudyTime: '2330' })
  expect(head).toMatchObject({ ContentDate: '20261122', ContentTime: '013000' })
})

test('a study that names no zone is not moved to another one', () => {
  const head = headOf({}, new Date(2026, 10, 21, 9, 5, 7))
  expect(head).not.toHaveProperty('TimezoneOffsetFromUTC')
  expect(head).toMatchObject({ StudyTime: '2330', ContentDate: '20261121', ContentTime: '090507' })
})
