import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { freePort } from '../peers/freePort.ts'
import { UNFORGIVEN } from '../run/unforgiven.ts'
import { addServer } from '../workstation/addServer.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { transferEnd } from '../workstation/transferEnd.ts'
import { until } from '../workstation/until.ts'
import { examine } from './archiveOnDisk.ts'
import { type FullPacs, fullPacs, isMissing, WAYS } from './retrieveWays.ts'
import { ctSeries } from './storedInstance.ts'

/** `npm run crash -- --retrieves 1000 --retrieve-kills 20 retrieves` is the long run. */
const IMAGES = Number(process.env.CRASH_RETRIEVES ?? 60)
const KILLS = Number(process.env.CRASH_RETRIEVE_KILLS ?? 2)
/** One image at a time is on its way; over HTTP, until the first kill, also what lies in the buffers of both ends. */
const RESENT_EACH_TIME = 4
const RESENT_SHARE = 0.02
const MS_AN_IMAGE = 8
/** An image is larger than what the road carries at once. */
const ROWS = 256

for (const way of WAYS)
  test(`a retrieve of ${IMAGES} images by ${way} survives ${KILLS} SIGKILLs, and its PACS being away`, async () => {
    test.skip(isMissing(way), `the PACS for ${way} is not installed`)
    test.setTimeout(600_000 + KILLS * 60_000 + IMAGES * 100)
    using folder = temporaryFolder()
    const dataFolder = join(folder.path, 'data')
    const dicomPort = await freePort()
    const load = { series: 7, images: IMAGES, rows: ROWS, ownPort: dicomPort, msAnImage: MS_AN_IMAGE }
    await using pacs = await fullPacs(way, { folder: folder.path, ...load })
    const { road } = pacs
    let transferId = ''
    let wasAway = false
    for (let life = 0; life <= KILLS; life += 1) {
      const workstation = await startWorkstation({ dataFolder, dicomPort })
      if (life === 0) transferId = await order(workstation.url, pacs)
      if (life === KILLS) {
        using connection = await connect(workstation.url)
        const { state, done, failed, message } = await transferEnd(connection.ask, transferId, 300_000)
        expect({ state, done, failed }, message).toEqual({ state: 'done', done: IMAGES, failed: 0 })
        await workstation.stop()
        break
      }
      const enough = Math.round(((life + 0.3 + Math.random() * 0.6) * IMAGES) / (KILLS + 1))
      if (life === Math.floor(KILLS / 2)) {
        wasAway = true
        road.close()
        setTimeout(() => road.open(), 1500)
      }
      await until(`${enough} images on their way`, () => road.images() >= enough || undefined, 180_000)
      process.kill(workstation.pid, 'SIGKILL')
      await workstation.process.exitCode
    }
    const resent = road.images() - IMAGES
    console.log(`${way}: ${KILLS} kills, ${IMAGES} images here, ${resent} of them brought twice`)
    expect(wasAway).toBe(true)
    expect(resent).toBeLessThanOrEqual(Math.max((KILLS + 1) * RESENT_EACH_TIME, IMAGES * RESENT_SHARE))
    const sent = new Map(
      Array.from({ length: IMAGES }, (_, index) => ctSeries({ series: 7, rows: ROWS })(index + 1)).map((image) => [
        image.sopInstanceUID,
        image.sha256,
      ]),
    )
    const { acknowledgedLost, rowsWithoutFile, truncatedFiles } = examine(dataFolder, new Set(sent.keys()), sent)
    expect({ acknowledgedLost, rowsWithoutFile, truncatedFiles }, UNFORGIVEN).toEqual({
      acknowledgedLost: [],
      rowsWithoutFile: [],
      truncatedFiles: [],
    })
  })

async function order(url: string, { server, studyInstanceUID }: FullPacs): Promise<string> {
  using connection = await connect(url)
  const { ask } = connection
  const serverId = await addServer(ask, server)
  const study = { studyInstanceUID, patientName: 'Crash^Series7', instances: IMAGES }
  const { transferIds } = await ask.transfers.retrieve({ serverId, studies: [study] })
  return transferIds[0] ?? ''
}
