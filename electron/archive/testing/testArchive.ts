import { afterEach, beforeEach } from 'vitest'
import { temporaryFolder } from '../archiveFixture.ts'
import { InstanceStore } from '../instanceStore.ts'
import { type Archive, openArchive } from '../openArchive.ts'

interface TestArchive {
  folder: ReturnType<typeof temporaryFolder>
  archive: Archive
  /** As a receiver has it. */
  store: InstanceStore
}

/** For tests: an archive of its own for each, in a folder that goes with it. */
export function archiveForEachTest(give: (opened: TestArchive) => void): void {
  let opened: TestArchive
  beforeEach(async () => {
    const folder = temporaryFolder()
    const archive = await openArchive(folder.path)
    opened = { folder, archive, store: new InstanceStore(archive.storageFolder) }
    give(opened)
  })
  afterEach(async () => {
    opened.store.close()
    await opened.archive.close()
    opened.folder.remove()
  })
}
