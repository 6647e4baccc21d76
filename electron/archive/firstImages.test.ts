import { afterEach, beforeEach, expect, test } from 'vitest'
import { ctImage, publish, temporaryFolder } from './archiveFixture.ts'
import { archiveReader } from './archiveReader.ts'
import { archiveWriter } from './archiveWriter.ts'
import { firstImages, firstPicture } from './firstImages.ts'
import { InstanceStore } from './instanceStore.ts'
import { openIndex } from './openIndex.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

test('a study opens with how each of its series begins, and with the whole of a short one', async () => {
  const { db, folders } = openIndex(folder.path)
  const writer = archiveWriter(db, folders, { studiesChanged: () => {}, storageFolderChanged: () => {} })
  const reader = archiveReader(db)
  const store = new InstanceStore(folders.current().path)
  const add = (values = {}) => writer.addInstance(publish(store, ctImage(values)))
  const first = await add()
  await add({ InstanceNumber: '2' })
  await add({ SeriesInstanceUID: '1.2.3.1.2', InstanceNumber: '1' })
  const opening = await reader.openingOf(first.studyId)
  expect(opening.study?.studyId).toBe(first.studyId)
  expect(opening.images.map(({ whole, images }) => [whole, images.length])).toEqual([
    [true, 2],
    [true, 1],
  ])
  const long = opening.series.map((series) => ({ ...series, instances: 1000 }))
  expect(firstImages(db)(long).map(({ whole, images }) => [whole, images[0]?.instanceId])).toEqual([
    [false, first.instanceId],
    [false, opening.images[1]?.images[0]?.instanceId],
  ])
  expect(await reader.firstPictureOf(first.studyId)).toBe(first.instanceId)
  // What is more like a stack comes before a scout.
  const scout = opening.series.map((series, at) => ({ ...series, frames: at === 0 ? 1 : 4 }))
  expect(firstPicture(db)(scout)).toBe(opening.images[1]?.images[0]?.instanceId)
  expect(await reader.openingOf(404)).toEqual({ study: null, series: [], earlier: [], images: [] })
  store.close()
  await writer.close()
})
