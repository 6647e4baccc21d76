import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { MoodyPeer } from '#electron/dicom/testing/moodyPeer.ts'
import { UNFORGIVEN } from '../run/unforgiven.ts'
import { addServer } from '../workstation/addServer.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { transferEnd, transferWhere } from '../workstation/transferEnd.ts'
import { until } from '../workstation/until.ts'
import { ctSeries } from './storedInstance.ts'
import { StoreSender } from './storeSender.ts'

/** `npm run crash -- --sends 1000 --send-kills 20` is the long run. */
const IMAGES = Number(process.env.CRASH_SENDS ?? 300)
const KILLS = Number(process.env.CRASH_SEND_KILLS ?? 6)
/** What is on its way or was answered a moment ago, and not yet kept: on a slow disk it is some images. */
const RESENT_EACH_TIME = 8
const MS_AN_IMAGE = 4

test(`a send of ${IMAGES} images survives ${KILLS} SIGKILLs, and its destination going down in the middle`, async () => {
  test.setTimeout(600_000 + KILLS * 60_000 + IMAGES * 100)
  using folder = temporaryFolder()
  const dataFolder = join(folder.path, 'data')
  const peer = await MoodyPeer.open()
  peer.delayMs = MS_AN_IMAGE
  let transferId = ''
  let wentDown = false
  try {
    for (let life = 0; life <= KILLS; life += 1) {
      const workstation = await startWorkstation({ dataFolder })
      if (life === 0) transferId = await order(workstation, peer.port)
      if (life === KILLS) {
        using connection = await connect(workstation.url)
        const { state, done, failed } = await transferEnd(connection.ask, transferId)
        expect({ state, done, failed }).toEqual({ state: 'done', done: IMAGES, failed: 0 })
        const { proof } = await transferWhere(connection.ask, transferId, (row) => row.proof?.state === 'proved')
        expect(proof?.counted).toBe(IMAGES)
        await workstation.stop()
        break
      }
      // Somewhere between this kill and the next; the last one leaves something to do.
      const enough = Math.round(((life + 0.3 + Math.random() * 0.6) * IMAGES) / (KILLS + 1))
      if (!wentDown && enough > IMAGES / 2) {
        wentDown = true
        peer.down()
        setTimeout(() => void peer.up(), 1500)
      }
      await until(`${enough} images at the destination`, async () => peer.stored.size >= enough || undefined, 180_000)
      process.kill(workstation.pid, 'SIGKILL')
      await workstation.process.exitCode
    }
    const resent = peer.brought.length - IMAGES
    console.log(`${KILLS} kills, ${IMAGES} images at the destination, ${resent} of them brought twice`)
    expect(wentDown).toBe(true)
    expect(peer.stored.size, UNFORGIVEN).toBe(IMAGES)
    expect(resent).toBeLessThanOrEqual((KILLS + 1) * RESENT_EACH_TIME)
  } finally {
    peer.down()
  }
})

/** Fills the archive and orders the send; once the order is answered it must outlive everything. */
async function order(
  { url, dicomPort, aeTitle }: { url: string; dicomPort: number; aeTitle: string },
  port: number,
): Promise<string> {
  const sender = await StoreSender.open(dicomPort, aeTitle)
  const instances = ctSeries({ series: 1, rows: 64 })
  for (let number = 1; number <= IMAGES; number += 1)
    expect((await sender?.store(instances(number)))?.status).toBe(0x0000)
  await sender?.release()
  using connection = await connect(url)
  const { ask } = connection
  const serverId = await addServer(ask, { name: 'Northview', aeTitle: 'PEER', port })
  const { rows } = await ask.studies.list({})
  const selection = { studyIds: rows.map(({ studyId }) => studyId) }
  const { transferIds } = await ask.transfers.send({ serverIds: [serverId], selection })
  return transferIds[0] ?? ''
}
