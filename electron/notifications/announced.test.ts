import { expect, test } from 'vitest'
import { Notices } from '#electron/notices/notices.ts'
import { Announced } from './announced.ts'

test('what comes at once is said together, by server and by level, with what of it is here', async () => {
  const notices = new Notices()
  const announced = new Announced({ notices, now: () => 7, gatherMs: 10, find: async (uids) => uids.map(() => 42) })
  const [north, south] = [
    { serverId: 1, name: 'North' },
    { serverId: 2, name: 'South' },
  ]
  for (const sopInstanceUID of ['1.3.1', '1.3.2', '1.3.3'])
    announced.add(north, { level: 'instance', studyInstanceUID: '1.2', sopInstanceUID })
  announced.add(north, { level: 'study', studyInstanceUID: '1.2' })
  announced.add(south, { level: 'series', studyInstanceUID: '1.2', seriesInstanceUID: '1.2.1' })
  announced.add(south, { level: 'series', studyInstanceUID: '1.4', seriesInstanceUID: '1.4.1' })
  await expect
    .poll(() => notices.recent().map(({ text, serverId, studyIds }) => [text, serverId, studyIds]))
    .toEqual([
      ['3 new images at North', 1, [42]],
      ['New study at North', 1, [42]],
      ['2 new series at South', 2, [42, 42]],
    ])
  announced.close()
})
