import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ctImage, publish, temporaryFolder } from './archiveFixture.ts'
import { InstanceStore } from './instanceStore.ts'
import { openArchive } from './openArchive.ts'
import { isConnected, readMarker } from './volumeMarker.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

async function withOneImage(): Promise<string> {
  const archive = await openArchive(folder.path)
  const store = new InstanceStore(archive.storageFolder)
  await archive.writer.addInstance(publish(store, ctImage()))
  store.close()
  await archive.close()
  return archive.storageFolder
}

/** What the mount point of an unplugged disk looks like. */
function unplug(storage: string): { plugIn(): void } {
  renameSync(storage, `${storage}.disk`)
  mkdirSync(storage)
  return {
    plugIn() {
      renameSync(storage, `${storage}.empty`)
      renameSync(`${storage}.disk`, storage)
    },
  }
}

test('a storage folder is marked as belonging to its archive', async () => {
  const storage = await withOneImage()
  expect(isConnected(storage)).toBe(true)
  const first = readMarker(storage)
  await (await openArchive(folder.path)).close()
  expect(readMarker(storage)).toBe(first)
})

test('an empty mount point is no archive: nothing is written into it, no row is taken back', async () => {
  const storage = await withOneImage()
  const disk = unplug(storage)
  await expect(openArchive(folder.path)).rejects.toThrow(/disk is not connected/)
  expect(readdirSync(storage)).toEqual([])
  disk.plugIn()
  const archive = await openArchive(folder.path)
  expect((await archive.reader.totals()).instances).toBe(1)
  await archive.close()
})

test('a folder from before there were markers gets one as long as its files are there', async () => {
  const storage = await withOneImage()
  renameSync(join(storage, 'negatoscope-archive.txt'), join(folder.path, 'marker'))
  renameSync(join(folder.path, 'storage-folders.json'), join(folder.path, 'copy'))
  await (await openArchive(folder.path)).close()
  expect(isConnected(storage)).toBe(true)
})
