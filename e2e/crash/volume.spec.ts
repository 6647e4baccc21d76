import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { UNFORGIVEN } from '../run/unforgiven.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation, type Workstation } from '../workstation/startWorkstation.ts'
import { storedFiles } from '../workstation/storedFiles.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { examine, indexedFiles } from './archiveOnDisk.ts'
import { type SmallVolume, smallVolume } from './smallVolume.ts'
import { ctSeries, type OutgoingInstance } from './storedInstance.ts'
import { StoreSender } from './storeSender.ts'

test.skip(process.getuid?.() !== 0, 'only root may mount a volume')

const VOLUME_MB = 60
const BALLAST_BYTES = 12 * 1024 ** 2
const LEFT_FREE_BYTES = 12 * 1024 ** 2
const ASSOCIATIONS = 4
const SUCCESS = 0x0000
/** PS3.4 B.2.3: A700 to A7FF, out of resources. */
const isOutOfResources = (status: number) => status >> 8 === 0xa7

interface Sent {
  sent: Map<string, string>
  acknowledged: Set<string>
  statuses: number[]
}
const nothing = (): Sent => ({ sent: new Map(), acknowledged: new Set(), statuses: [] })

async function store(sender: StoreSender, instance: OutgoingInstance, so: Sent): Promise<number> {
  so.sent.set(instance.sopInstanceUID, instance.sha256)
  const { status = -1 } = (await sender.store(instance)) ?? {}
  so.statuses.push(status)
  if (status === SUCCESS) so.acknowledged.add(instance.sopInstanceUID)
  return status
}

async function storeOne(workstation: Workstation, instance: OutgoingInstance, so: Sent): Promise<number> {
  const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
  if (!sender) return -1
  const status = await store(sender, instance, so)
  await sender.release()
  return status
}

test(`a full volume of ${VOLUME_MB} MB: refused as out of resources, nothing lost, nothing left, and well again without a restart`, async () => {
  using folder = temporaryFolder()
  using volume = smallVolume(join(folder.path, 'volume'), VOLUME_MB)
  const ballast = join(volume.path, 'ballast')
  writeFileSync(ballast, Buffer.alloc(BALLAST_BYTES))
  const dataFolder = join(volume.path, 'data')
  const so = nothing()
  const workstation = await startWorkstation({ dataFolder })
  try {
    const fill = async (series: number) => {
      const instances = ctSeries({ series })
      const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
      if (!sender) throw new Error('No association')
      for (let number = 1, refused = 0; refused < 5 && number < 2000; number += 1)
        if ((await store(sender, instances(number), so)) !== SUCCESS) refused += 1
      await sender.release()
    }
    await Promise.all(Array.from({ length: ASSOCIATIONS }, (_, index) => fill(index + 1)))
    const refusals = so.statuses.filter((status) => status !== SUCCESS)
    expect(so.acknowledged.size).toBeGreaterThan(50)
    expect(refusals.length).toBeGreaterThanOrEqual(ASSOCIATIONS)
    expect(refusals.filter((status) => !isOutOfResources(status))).toEqual([])
    expect(storedFiles(dataFolder)).toHaveLength(so.acknowledged.size)

    rmSync(ballast)
    expect(await storeOne(workstation, ctSeries({ series: 50 })(1), so)).toBe(SUCCESS)
  } finally {
    await workstation.stop()
  }
  expect(indexedFiles(dataFolder)).toHaveLength(so.acknowledged.size)
  expectNothingLost(dataFolder, so)
  // No orphan bytes: what lies on the volume is what the rows say, the index, and blocks' ends.
  const { blocks, bfree, bsize } = statfsSync(volume.path)
  const images = indexedFiles(dataFolder).reduce((sum, { bytes }) => sum + Math.ceil(bytes / bsize) * bsize, 0)
  expect((blocks - bfree) * bsize - images).toBeLessThan(8 * 1024 ** 2)
})

test('an object that the volume has no room for leaves nothing behind', async () => {
  using folder = temporaryFolder()
  using volume = smallVolume(join(folder.path, 'volume'), VOLUME_MB)
  const dataFolder = join(volume.path, 'data')
  const so = nothing()
  const workstation = await startWorkstation({ dataFolder })
  try {
    expect(await storeOne(workstation, ctSeries({ series: 1 })(1), so)).toBe(SUCCESS)
    const { bavail, bsize } = statfsSync(volume.path)
    writeFileSync(join(volume.path, 'ballast'), Buffer.alloc(bavail * bsize - LEFT_FREE_BYTES))
    // Over the threshold when it begins, and cut short by the system in its middle.
    const large = ctSeries({ series: 2, rows: 3200 })(1)
    expect(large.dataSet.length).toBeGreaterThan(LEFT_FREE_BYTES)
    expect(isOutOfResources(await storeOne(workstation, large, so))).toBe(true)
    expect(statfsSync(volume.path).bavail * bsize).toBeGreaterThan(LEFT_FREE_BYTES - 2 * 1024 ** 2)
    expect(await storeOne(workstation, ctSeries({ series: 1 })(2), so)).toBe(SUCCESS)
  } finally {
    await workstation.stop()
  }
  expectNothingLost(dataFolder, so)
})

/** The index on the machine's own disk, the images on a volume of their own, as with a network drive. */
async function withImagesOn(
  folder: string,
  volume: SmallVolume,
  act: (workstation: Workstation, so: Sent) => Promise<void>,
): Promise<{ dataFolder: string; so: Sent }> {
  const dataFolder = join(folder, 'data')
  const images = join(volume.path, 'images')
  mkdirSync(images)
  mkdirSync(dataFolder)
  writeFileSync(join(dataFolder, 'storage-folders.json'), JSON.stringify({ folders: [images] }))
  const so = nothing()
  const workstation = await startWorkstation({ dataFolder })
  try {
    expect(await storeOne(workstation, ctSeries({ series: 1 })(1), so)).toBe(SUCCESS)
    await act(workstation, so)
  } finally {
    await workstation.stop()
  }
  return { dataFolder, so }
}

test('a read-only volume is never answered with success, and is well again when it can be written', async () => {
  using folder = temporaryFolder()
  using volume = smallVolume(join(folder.path, 'volume'), VOLUME_MB)
  const { dataFolder, so } = await withImagesOn(folder.path, volume, async (workstation, so) => {
    volume.readOnly(true)
    for (let number = 2; number <= 5; number += 1)
      expect(isOutOfResources(await storeOne(workstation, ctSeries({ series: 1 })(number), so))).toBe(true)
    volume.readOnly(false)
    expect(await storeOne(workstation, ctSeries({ series: 1 })(6), so)).toBe(SUCCESS)
  })
  expect(
    indexedFiles(dataFolder)
      .map(({ sopInstanceUID }) => sopInstanceUID)
      .sort(),
  ).toEqual([...so.acknowledged].sort())
})

test('an unplugged volume is never answered with success, and nothing is written into its empty mount point', async () => {
  using folder = temporaryFolder()
  using volume = smallVolume(join(folder.path, 'volume'), VOLUME_MB)
  const { dataFolder } = await withImagesOn(folder.path, volume, async (workstation, so) => {
    volume.unplug()
    mkdirSync(join(volume.path, 'images'))
    for (let number = 2; number <= 5; number += 1)
      expect(isOutOfResources(await storeOne(workstation, ctSeries({ series: 1 })(number), so))).toBe(true)
    expect(readdirSync(join(volume.path, 'images'))).toEqual([])
    using connection = await connect(workstation.url)
    for await (const { disk } of connection.ask.settings.status({})) {
      expect(disk.connected).toBe(false)
      break
    }
  })
  // Nor at the next start: it says which disk is missing, and forgets no image.
  await expect(startWorkstation({ dataFolder })).rejects.toThrow(/disk is not connected/)
  expect(readdirSync(join(volume.path, 'images'))).toEqual([])
  expect(indexedFiles(dataFolder)).toHaveLength(1)
})

function expectNothingLost(dataFolder: string, { acknowledged, sent }: Sent): void {
  expect(examine(dataFolder, acknowledged, sent), UNFORGIVEN).toEqual({
    acknowledgedLost: [],
    rowsWithoutFile: [],
    truncatedFiles: [],
    temporaryFiles: [],
  })
}
