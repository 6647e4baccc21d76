import { afterEach, expect, test } from 'vitest'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { MoodyPeer } from '#electron/dicom/testing/moodyPeer.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { FakeClock } from '#electron/jobs/testing/fakeClock.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { openTestWorkstation, type TestWorkstation } from './testing/testWorkstation.ts'

const HOUR_MS = 3_600_000
const sendHours = { from: '20:00', to: '06:00' }
/** A day on which no country changes its clocks. */
const at = (time: string, day = 14) => new Date(`2026-01-${day}T${time}:00`).getTime()

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function desk(now: number) {
  const clock = new FakeClock(now)
  const peer = await MoodyPeer.open()
  const here = await openTestWorkstation('HERE', undefined, undefined, clock)
  stops.push(
    () => peer.down(),
    () => here.stop(),
  )
  const study = newUID()
  const files = Array.from({ length: 3 }, (_, index) => {
    const dataSet = ctDataSet(newUID(), { StudyInstanceUID: study })
    return { name: `${index}`, bytes: writePart10({ dataSet }) }
  })
  const { studyIds } = await here.ended((await here.importFiles(files)).transferId)
  const serverId = here.addServer('Northview', peer.port, { sendHours, queryRetrieve: false })
  const order = async (more = {}) => {
    const [transferId = ''] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds }, ...more })
    return transferId
  }
  const set = (fields: object) => {
    const { serverId: _, ...known } = here.servers.get(serverId)
    here.servers.update(serverId, { ...known, ...fields })
  }
  return { clock, peer, here, order, set, row: (transferId: string) => stateOf(here, transferId) }
}

function stateOf({ transfers }: TestWorkstation, transferId: string) {
  return transfers.row(transferId)
}

test('outside its hours a destination is not called but for what is urgent or sent now; the rest goes at the minute', async () => {
  const { clock, peer, here, order, set, row } = await desk(at('12:00'))
  const [evening, now, later] = [await order(), await order(), await order()]
  expect(row(evening)).toMatchObject({ state: 'waiting', opensAt: at('20:00'), attempts: 0 })
  expect(row(evening)?.message).toBe('Sent there only from 20:00 to 06:00; urgent ones at once.')
  // Pausing and resuming is no word against the hours.
  here.transfers.pause([evening])
  expect(row(evening)).toMatchObject({ state: 'paused', opensAt: null })
  here.transfers.resume([evening])
  expect(row(evening)).toMatchObject({ state: 'waiting', opensAt: at('20:00') })
  expect(peer.brought).toEqual([])
  expect(await here.ended(await order({ priority: 'urgent' }))).toMatchObject({ state: 'done', done: 3 })
  await here.transfers.retry(now)
  expect(await here.ended(now)).toMatchObject({ state: 'done', done: 3 })
  here.transfers.prioritise(later, 'urgent')
  expect(await here.ended(later)).toMatchObject({ state: 'done', done: 3 })
  await clock.advance(8 * HOUR_MS - 1000)
  expect(row(evening)).toMatchObject({ state: 'waiting', done: 0 })
  expect(peer.brought).toHaveLength(9)
  await clock.advance(1000)
  expect(await here.ended(evening)).toMatchObject({ state: 'done', done: 3, opensAt: null, message: '' })
  await clock.advance(12 * HOUR_MS)
  const last = await order()
  expect(row(last)?.state).toBe('waiting')
  set({ sendHours: null })
  expect(await here.ended(last)).toMatchObject({ state: 'done', done: 3 })
})

test('one under way stops when the hours end, one that is tried again only after them waits too; in the evening they go on', async () => {
  const { clock, peer, here, order, row } = await desk(at('06:00') - 2000)
  peer.mood = () => 0xa700
  const refused = await order()
  await expect.poll(() => row(refused)?.attempts).toBe(1)
  const before = peer.brought.length
  // The second image of the next one is not answered before the hours are over.
  peer.mood = (_, count) => (count === before + 2 ? 'silence' : 0)
  const broken = await order()
  await expect.poll(() => peer.brought.length).toBe(before + 2)
  await expect.poll(() => row(broken)?.done).toBe(1)
  await clock.advance(2000)
  await expect.poll(() => row(broken)).toMatchObject({ state: 'waiting', opensAt: at('20:00'), done: 1 })
  await clock.advance(HOUR_MS)
  await expect.poll(() => row(refused)).toMatchObject({ state: 'waiting', opensAt: at('20:00'), done: 0 })
  expect(peer.brought).toHaveLength(before + 2)
  await clock.advance(13 * HOUR_MS)
  for (const transferId of [broken, refused])
    expect(await here.ended(transferId)).toMatchObject({ state: 'done', done: 3, failed: 0 })
  // Two of the one that was broken off, three of the other: only what was missing.
  expect(peer.brought).toHaveLength(before + 2 + 2 + 3)
})
