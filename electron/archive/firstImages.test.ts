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
  const [stored] = await reader.locate({ instanceIds: [first.instanceId] })
  expect(await reader.firstPictureOf(first.studyId)).toEqual(stored)
  // What is more like a stack comes before a scout.
  for (const InstanceNumber of ['2', '3', '4']) await add({ SeriesInstanceUID: '1.2.3.1.2', InstanceNumber })
  expect(firstPicture(db)(first.studyId)).toBe(opening.images[1]?.images[0]?.instanceId)
  expect(await reader.firstPictureOf(404)).toBeUndefined()
  expect(await reader.openingOf(404)).toEqual({ study: null, series: [], earlier: [], images: [] })
  store.close()
  await writer.close()
})
