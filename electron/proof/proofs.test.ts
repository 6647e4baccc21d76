import { afterEach, expect, test, vi } from 'vitest'
import { databasePath } from '#electron/archive/archivePaths.ts'
import { openDatabase } from '#electron/archive/database.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { type Mood, MoodyPeer } from '#electron/dicom/testing/moodyPeer.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { FakeClock } from '#electron/jobs/testing/fakeClock.ts'
import { openTestWorkstation, type TestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import { newUID } from '#shared/dicom/uid.ts'

let stops: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop()
  stops = []
})

const images = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `${index}.dcm`,
    bytes: writePart10({ dataSet: ctDataSet(newUID(), { InstanceNumber: String(index + 1) }) }),
  }))

/** A workstation on a clock of its own, with a study, beside a peer with moods. */
async function arrange(count: number) {
  const clock = new FakeClock(Date.now())
  const here = await openTestWorkstation('HERE', undefined, undefined, clock)
  stops.push(() => here.stop())
  const peer = await MoodyPeer.open()
  stops.push(() => peer.down())
  const { transferId } = await here.importFiles(images(count))
  const { studyIds } = await here.ended(transferId)
  const serverId = here.addServer('Northview', peer.port)
  const send = async () => {
    const [sendId = ''] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
    return sendId
  }
  return { clock, here, peer, serverId, send }
}

const proofOf = (here: TestWorkstation, transferId: string) => here.transfers.row(transferId)?.proof

/** Until the check that is due by then has been made. */
async function checked(here: TestWorkstation, transferId: string, attempts: number) {
  await expect.poll(() => proofOf(here, transferId)?.attempts, { timeout: 60_000 }).toBe(attempts)
}

test('a send is proved when every image is found at its destination', async () => {
  const { here, send } = await arrange(4)
  const sendId = await send()
  await here.ended(sendId)
  await expect.poll(() => proofOf(here, sendId)?.state, { timeout: 60_000 }).toBe('proved')
  expect(proofOf(here, sendId)).toMatchObject({ by: 'find', counted: 4, note: '' })
  const found = async () => (await here.transfers.items(sendId)).map(({ proof }) => proof)
  await expect.poll(found).toEqual(Array(4).fill('there'))
})

test('a peer that silently drops one image makes the proof false; a retry brings that one alone', async () => {
  const { clock, here, peer, send } = await arrange(5)
  peer.mood = (_, count) => (count === 3 ? 'drop' : 0)
  const sendId = await send()
  await here.ended(sendId)
  await checked(here, sendId, 1)
  expect(proofOf(here, sendId)).toMatchObject({ state: 'counting', counted: 4 })
  for (const [at, waitMs] of [2000, 10_000, 60_000, 300_000].entries()) {
    await clock.advance(waitMs)
    await checked(here, sendId, at + 2)
  }
  expect(here.transfers.row(sendId)).toMatchObject({
    ...{ state: 'partial', done: 4, failed: 1, canRetry: true },
    message: 'Sent 5, Northview has 4. The one that is missing is marked below; retry sends them again.',
  })
  expect(proofOf(here, sendId)).toMatchObject({ state: 'missing', counted: 4 })
  const lost = peer.brought[2]
  const missing = async () => (await here.transfers.items(sendId)).filter(({ proof }) => proof === 'missing')
  await expect
    .poll(missing)
    .toMatchObject([
      { key: lost, state: 'failed', note: 'Northview said that it stored this image, and does not have it.' },
    ])
  await here.transfers.retry(sendId)
  await expect.poll(() => proofOf(here, sendId)?.state, { timeout: 60_000 }).toBe('proved')
  expect(peer.brought.slice(5)).toEqual([lost])
  expect(here.transfers.row(sendId)).toMatchObject({ state: 'done', done: 5, failed: 0, message: '' })
})

test('images that are there under another patient are not called proved without a word', async () => {
  const { here, peer, send } = await arrange(2)
  peer.patient = { PatientID: 'SOMEBODY', PatientName: 'Else^Some' }
  const sendId = await send()
  await here.ended(sendId)
  await expect.poll(() => proofOf(here, sendId)?.state, { timeout: 60_000 }).toBe('proved')
  expect(proofOf(here, sendId)?.differs).toContain('Northview keeps this study under Else, Some (patient ID SOMEBODY)')
  peer.patient = undefined
  await here.transfers.countAgain(sendId)
  await expect.poll(() => proofOf(here, sendId)?.differs, { timeout: 60_000 }).toBe('')
})

test('a count that a fault of ours breaks off is made again', async () => {
  const { clock, here, peer, send } = await arrange(2)
  peer.mood = () => 'drop'
  const sendId = await send()
  await here.ended(sendId)
  await checked(here, sendId, 1)
  for (const uid of peer.brought) peer.stored.add(uid)
  const db = openDatabase(databasePath(here.dataFolder), 'write')
  const fault = vi.spyOn(console, 'error').mockImplementation(() => {})
  stops.push(() => fault.mockRestore())
  db.exec('ALTER TABLE transfer_items RENAME TO elsewhere')
  await clock.advance(2000)
  await expect.poll(() => fault.mock.calls.flat().join(), { timeout: 60_000 }).toContain('could not be counted')
  expect(proofOf(here, sendId)).toMatchObject({ state: 'counting', attempts: 1 })
  db.exec('ALTER TABLE elsewhere RENAME TO transfer_items')
  db.close()
  await clock.advance(2000)
  await expect.poll(() => proofOf(here, sendId)?.state, { timeout: 60_000 }).toBe('proved')
})

test('a server that was taken off the list meanwhile leaves nothing to be counted for ever', async () => {
  const { clock, here, peer, serverId, send } = await arrange(1)
  peer.mood = () => 'drop'
  const sendId = await send()
  await here.ended(sendId)
  await checked(here, sendId, 1)
  here.servers.delete(serverId)
  await clock.advance(2000)
  await expect.poll(() => proofOf(here, sendId)?.state, { timeout: 60_000 }).toBe('unknown')
  expect(proofOf(here, sendId)?.note).toContain('no longer in the list of servers')
})

test('a server that indexes late is given time before anything is said to be missing', async () => {
  const { clock, here, peer, send } = await arrange(2)
  peer.mood = () => 'drop'
  const sendId = await send()
  await here.ended(sendId)
  await checked(here, sendId, 1)
  for (const uid of peer.brought) peer.stored.add(uid)
  await clock.advance(2000)
  await expect.poll(() => proofOf(here, sendId)?.state, { timeout: 60_000 }).toBe('proved')
})

test('a server that is not set up to be asked proves nothing', async () => {
  const { here, send, serverId } = await arrange(1)
  here.servers.update(serverId, { ...here.servers.get(serverId), queryRetrieve: false })
  const sendId = await send()
  await here.ended(sendId)
  await expect.poll(() => proofOf(here, sendId)?.state, { timeout: 60_000 }).toBe('unknown')
  expect(here.transfers.row(sendId)?.state).toBe('done')
})

test('each image keeps its own answer: warned of, tried again, refused, not understood, stored', async () => {
  const { clock, here, peer, send } = await arrange(5)
  const turns: Mood[] = [0xb000, 0xa700, 0xa900, 0xc000, 0]
  peer.mood = (_, count) => turns[count - 1] ?? 0
  const sendId = await send()
  await expect.poll(() => here.transfers.row(sendId)?.attempts, { timeout: 60_000 }).toBe(1)
  const states = async () => (await here.transfers.items(sendId)).map(({ state, status }) => [state, status])
  expect(await states()).toEqual([
    ['warning', 0xb000],
    ['waiting', 0xa700],
    ['failed', 0xa900],
    ['failed', 0xc000],
    ['done', 0],
  ])
  expect(here.transfers.row(sendId)?.message).toContain('1 image is tried again by itself')
  await clock.advance(10_000)
  const row = await here.ended(sendId)
  expect(row).toMatchObject({ state: 'partial', done: 3, warnings: 1, failed: 2, canRetry: true })
  expect(peer.brought).toHaveLength(6)
  expect((await states())[1]).toEqual(['done', 0])
})

test('a destination that is away for ten minutes in the middle of a study gets the rest, and nothing twice', async () => {
  const { clock, here, peer, send } = await arrange(40)
  peer.delayMs = 2
  peer.mood = (_, count) => {
    if (count !== 20) return 0
    peer.down()
    return 'cut'
  }
  const sendId = await send()
  await expect.poll(() => here.transfers.row(sendId)?.state, { timeout: 60_000 }).toBe('waiting')
  for (let minute = 0; minute < 10; minute += 1) {
    await clock.advance(60_000)
    await expect.poll(() => here.transfers.row(sendId)?.state, { timeout: 60_000 }).toBe('waiting')
  }
  expect(here.transfers.row(sendId)).toMatchObject({ done: 19, failed: 0, endedAt: null })
  await peer.up()
  await clock.advance(15 * 60_000)
  expect(await here.ended(sendId)).toMatchObject({ state: 'done', done: 40, failed: 0 })
  expect(peer.stored.size).toBe(40)
  expect(peer.brought.length - 40).toBeLessThanOrEqual(1)
})

test('a dead destination does not delay another; cancelling one that hangs takes less than a second', async () => {
  const { clock, here, peer, serverId, send } = await arrange(2)
  const dead = await MoodyPeer.open()
  stops.push(() => dead.down())
  dead.mood = () => 'silence'
  const deadId = here.addServer('Attic', dead.port)
  const { studyIds } = here.transfers.row(await send())!
  const [hanging = ''] = await here.transfers.send({ serverIds: [deadId], selection: { studyIds } })
  await expect.poll(() => dead.brought.length, { timeout: 60_000 }).toBe(1)
  const startedAt = performance.now()
  const [other = ''] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  await here.ended(other)
  expect(peer.brought).toHaveLength(4)
  expect(performance.now() - startedAt).toBeLessThan(30_000)
  await here.transfers.cancel(hanging)
  await clock.advance(1000)
  expect(here.transfers.row(hanging)).toMatchObject({ state: 'cancelled', canRetry: true })
})

test('pausing stops after the image under way; resuming sends the rest and nothing twice', async () => {
  const { here, peer, send } = await arrange(30)
  peer.delayMs = 50
  const sendId = await send()
  await expect.poll(() => peer.brought.length).toBeGreaterThan(3)
  here.transfers.pause([sendId])
  await expect.poll(() => here.transfers.row(sendId)?.state).toBe('paused')
  await new Promise((resolve) => setTimeout(resolve, 300))
  const { length } = peer.brought
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(peer.brought).toHaveLength(length)
  expect(length).toBeLessThan(30)
  here.transfers.resume([sendId])
  expect(await here.ended(sendId)).toMatchObject({ state: 'done', done: 30 })
  expect(peer.brought.length).toBeLessThanOrEqual(31)
})

test('nothing is proved of a send whose list of images is no longer kept', async () => {
  const { here, peer, send } = await arrange(2)
  peer.mood = () => 'drop'
  const sendId = await send()
  await here.ended(sendId)
  await checked(here, sendId, 1)
  const db = openDatabase(databasePath(here.dataFolder), 'write')
  db.prepare('DELETE FROM transfer_items WHERE transfer_id = ?').run(sendId)
  db.close()
  await here.transfers.countAgain(sendId)
  await expect.poll(() => proofOf(here, sendId)?.state, { timeout: 60_000 }).toBe('unknown')
  expect(proofOf(here, sendId)?.note).toContain('no longer kept')
})

test('a program that ended between the last image and the first count counts at its next start', async () => {
  const here = await openTestWorkstation('HERE')
  const peer = await MoodyPeer.open()
  stops.push(() => peer.down())
  const { transferId } = await here.importFiles(images(2))
  const { studyIds } = await here.ended(transferId)
  const serverIds = [here.addServer('Northview', peer.port)]
  const [sendId = ''] = await here.transfers.send({ serverIds, selection: { studyIds } })
  await here.ended(sendId)
  await expect.poll(() => proofOf(here, sendId)?.state, { timeout: 60_000 }).toBe('proved')
  await here.stop(true)
  // As it stands on disk when the program ends in that moment.
  const db = openDatabase(databasePath(here.dataFolder), 'write')
  db.prepare(`UPDATE transfers SET transfer = json_set(transfer, '$.proof', json('null')) WHERE transfer_id = ?`).run(
    sendId,
  )
  db.close()
  const again = await openTestWorkstation('HERE', here.dataFolder)
  stops.push(() => again.stop())
  await expect.poll(() => proofOf(again, sendId)?.state, { timeout: 60_000 }).toBe('proved')
  expect(peer.brought).toHaveLength(2)
})
