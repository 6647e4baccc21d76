import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { freePort } from '../peers/freePort.ts'
import { addServer } from '../workstation/addServer.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { transferEnd, transferWhere } from '../workstation/transferEnd.ts'
import { indexedFiles } from './archiveOnDisk.ts'
import { fullPacs, isMissing, WAYS } from './retrieveWays.ts'
import { smallVolume } from './smallVolume.ts'

test.skip(process.getuid?.() !== 0, 'only root may mount a volume')

const VOLUME_MB = 60
/** A tenth of a small volume stays free; above that there is room for some of the images. */
const LEFT_FREE_BYTES = (VOLUME_MB / 10 + 3) * 1024 ** 2
const IMAGES = 30
/** 128 KB each; over HTTP room is looked for less often, and 512 KB each fill it more quickly. */
const ROWS = { MOVE: 256, GET: 256, 'WADO-RS': 512 }
const MS_AN_IMAGE = 60

test('a full disk stops retrieves by MOVE, GET and WADO-RS, which says so and go on by themselves when there is room', async () => {
  using folder = temporaryFolder()
  await using stack = new AsyncDisposableStack()
  const ways = WAYS.filter((way) => !isMissing(way))
  test.skip(ways.length === 0, 'no PACS is installed')
  const volume = stack.adopt(smallVolume(join(folder.path, 'volume'), VOLUME_MB), (one) => one[Symbol.dispose]())
  const dataFolder = join(folder.path, 'data')
  const images = join(volume.path, 'images')
  mkdirSync(images)
  mkdirSync(dataFolder)
  writeFileSync(join(dataFolder, 'storage-folders.json'), JSON.stringify({ folders: [images] }))
  const ownPort = await freePort()
  const load = { folder: folder.path, images: IMAGES, ownPort, msAnImage: MS_AN_IMAGE }
  const pacs = []
  for (const [index, way] of ways.entries())
    pacs.push({ way, ...stack.use(await fullPacs(way, { ...load, rows: ROWS[way], series: index + 1 })) })
  const workstation = stack.use(await startWorkstation({ dataFolder, dicomPort: ownPort }))
  using connection = await connect(workstation.url)
  const { ask } = connection

  const ballast = join(volume.path, 'ballast')
  const { bavail, bsize } = statfsSync(volume.path)
  writeFileSync(ballast, Buffer.alloc(bavail * bsize - LEFT_FREE_BYTES))
  const transferIds = []
  for (const { server, studyInstanceUID } of pacs) {
    const serverId = await addServer(ask, server)
    const study = { studyInstanceUID, patientName: 'Crash', instances: IMAGES }
    transferIds.push(...(await ask.transfers.retrieve({ serverId, studies: [study] })).transferIds)
  }
  for (const [index, transferId] of transferIds.entries()) {
    const full = await transferWhere(ask, transferId, ({ hold, endedAt }) => hold !== null || endedAt !== null, 90_000)
    console.log(`${ways[index]}: paused with ${full.done} of ${IMAGES}: ${full.message}`)
    expect(full, full.message).toMatchObject({ state: 'paused', hold: 'space', endedAt: null })
    expect(full.message).toContain('The disk of the storage folder is full')
    expect(full.done).toBeLessThan(IMAGES)
  }
  rmSync(ballast)
  for (const transferId of transferIds) {
    const { state, done, failed, message } = await transferEnd(ask, transferId)
    expect({ state, done, failed }, message).toEqual({ state: 'done', done: IMAGES, failed: 0 })
  }
  await workstation.stop()
  expect(indexedFiles(dataFolder)).toHaveLength(ways.length * IMAGES)
})
