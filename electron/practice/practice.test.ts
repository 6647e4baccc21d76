import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { orderContentOf } from '#electron/worklist/orderFixture.ts'
import { openWorkstation, type Workstation } from '#electron/workstation.ts'
import { type Client, createClient } from '#shared/contract/client.ts'
import { contract, type WorkstationContract } from '#shared/contract/index.ts'
import type { PracticeProgress } from '#shared/contract/practice.ts'
import { memoryWires } from '#shared/contract/wire.ts'
import type { Card } from '#shared/contract/worklist.ts'
import { practicePlace } from './practicePlace.ts'

let folder: string
let workstation: Workstation
const closes: (() => void)[] = []

async function begin(): Promise<void> {
  workstation = await openWorkstation({ dataFolder: folder, overrides: {}, rebuildIndex: false, host: 'headless' })
}
/** With it ends whatever is still to be written. */
async function end(): Promise<void> {
  for (const close of closes.splice(0)) close()
  await workstation.close(0)
}
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'practice-'))
  await begin()
})
afterEach(async () => {
  await end()
  rmSync(folder, { recursive: true, force: true })
})

function speakTo(served: { serve: Workstation['serve'] }): Client<WorkstationContract> {
  const [ours, theirs] = memoryWires()
  closes.push(ours.close)
  served.serve(theirs)
  return createClient(contract, ours)
}

async function inPractice(): Promise<Client<WorkstationContract>> {
  const host = workstation.practiceHost
  if (!host) throw new Error('No practice')
  await host.ready()
  const ask = speakTo(host)
  // The wire is served a moment after it is handed over.
  await new Promise((resolve) => setImmediate(resolve))
  return ask
}

/** Every file but those of practice and of the database's own machinery, and every row of every table. */
function everything(): Record<string, string> {
  const found: Record<string, string> = {}
  const note = (name: string, bytes: string | Uint8Array) => {
    found[name] = createHash('sha256').update(bytes).digest('hex')
  }
  const databases: string[] = []
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(folder.length + 1)
    if (!entry.isFile() || name.startsWith('practice')) continue
    if (/\.sqlite(-wal|-shm|-journal)?$/.test(name)) databases.push(path)
    else note(name, readFileSync(path))
  }
  for (const path of databases.filter((each) => each.endsWith('.sqlite') && !each.endsWith('lock.sqlite'))) {
    const db = new Database(path, { readonly: true })
    // The index of names is written a while after the studies, whoever does what meanwhile.
    const tables = db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'study_name%' ORDER BY name`)
      .pluck()
      .all()
    for (const table of tables as string[])
      note(`${path.slice(folder.length + 1)} ${table}`, JSON.stringify(db.prepare(`SELECT * FROM "${table}"`).all()))
    db.close()
  }
  return found
}

const today = () => {
  const day = new Date()
  return `${day.getFullYear()}${`${day.getMonth() + 1}`.padStart(2, '0')}${`${day.getDate()}`.padStart(2, '0')}`
}

async function boardWhen(ask: Client<WorkstationContract>, is: (card: Card) => boolean): Promise<Card> {
  // A day to each side: the test may run over midnight.
  for await (const { cards } of ask.worklist.board({ from: '20200101', to: '20991231' })) {
    const card = cards.find(is)
    if (card) return card
  }
  throw new Error('The board ended')
}

test('order, worklist, MPPS, images, sent: without a device; removing it takes nothing of the workstation', async () => {
  const clinic = speakTo(workstation)
  await clinic.settings.addDemoStudies({})
  await clinic.worklist.create(orderContentOf({}, { date: today() }))
  await clinic.servers.add({})
  await clinic.settings.update({ trashDays: 12 })
  // A start notes which files it has looked through: one without practice comes first.
  await end()
  await begin()
  await end()
  const before = everything()
  expect(Object.keys(before).length).toBeGreaterThan(60)

  await begin()
  const real = speakTo(workstation)
  const ask = await inPractice()
  expect(await ask.practice.state({})).toMatchObject({ isPractice: true, isKept: true })
  expect(await real.practice.state({})).toMatchObject({ isPractice: false, isKept: true })
  // Closed to the outside, whoever asks for it.
  for (const patch of [
    { hl7Listener: true },
    { restOrders: true },
    { requestFolder: folder },
    { dicomwebServer: true },
  ])
    await expect(ask.settings.update(patch)).rejects.toThrow('cannot be changed here')
  expect(await ask.worklist.inputs({ limit: 1 })).toMatchObject({ hl7: '', folder: '', rest: '' })
  const order = await ask.practice.makeRequest({ kind: 'ct' })
  const [item] = await ask.practice.askWorklist({})
  expect(item).toMatchObject({ accessionNumber: order.accessionNumber, canMake: true, isStarted: false })
  const phases: PracticeProgress[] = []
  for await (const progress of ask.practice.examine({ key: item?.key ?? '' })) phases.push(progress)
  expect(phases.map(({ phase }) => phase)).toEqual([
    'begun',
    ...Array<string>(40).fill('making'),
    ...Array<string>(40).fill('storing'),
    'ended',
  ])
  const card = await boardWhen(ask, ({ column }) => column === 'done')
  expect(card).toMatchObject({ images: 40, missingImages: 0, performedBy: 'PRACTICE_DEVICE' })
  const { rows } = await ask.studies.list({})
  expect(rows).toMatchObject([{ patientId: order.patient.patientId, accessionNumber: order.accessionNumber }])

  const pacs = await firstOf(ask.servers.watch({}))
  expect(pacs).toMatchObject([{ name: 'Practice PACS', readOnly: true }])
  const selection = { studyIds: rows.map(({ studyId }) => studyId) }
  const { transferIds } = await ask.transfers.send({ serverIds: [pacs[0]?.serverId ?? 0], selection })
  for await (const { rows: transfers } of ask.transfers.watch({}))
    if (transfers.some((row) => row.transferId === transferIds[0] && row.proof?.state === 'proved')) break

  await ask.practice.remove({})
  expect(existsSync(join(folder, 'practice'))).toBe(false)
  expect(await real.practice.state({})).toMatchObject({ isKept: false })
  await end()
  expect(everything()).toEqual(before)
  await begin()
}, 240_000)

test('a device that is stopped says so, and what it had stored stays with the request', async () => {
  const ask = await inPractice()
  await ask.practice.makeRequest({ kind: 'xray' })
  await ask.practice.makeRequest({ kind: 'ct' })
  const items = await ask.practice.askWorklist({})
  const ct = items.find(({ modality }) => modality === 'CT')
  const stop = new AbortController()
  await readUntilAborted(ask.practice.examine({ key: ct?.key ?? '' }, { signal: stop.signal }), stop)
  const card = await boardWhen(ask, ({ column }) => column === 'attention')
  expect(card.order.request.modality).toBe('CT')
  expect(card.attention).toContain('stopped before it was done')
  await expect(readUntilAborted(ask.practice.examine({ key: 'nobody' }), stop)).rejects.toThrow('Ask for the worklist')
  await ask.practice.remove({})
}, 240_000)

test('the workstation itself has no simulated device', async () => {
  const real = speakTo(workstation)
  await expect(real.practice.askWorklist({})).rejects.toThrow('in practice only')
  await expect(real.practice.makeRequest({ kind: 'ct' })).rejects.toThrow('in practice only')
  await real.practice.remove({})
})

test('practice has its place below the page, and nothing else does', () => {
  expect(practicePlace('/practice/data/frames')).toEqual({ isPractice: true, path: '/data/frames' })
  expect(practicePlace('/practice/')).toEqual({ isPractice: true, path: '/' })
  expect(practicePlace('/practice')).toEqual({ isPractice: false, path: '/practice' })
  expect(practicePlace('/data/practice/')).toEqual({ isPractice: false, path: '/data/practice/' })
})

async function firstOf<Item>(items: AsyncIterable<Item>): Promise<Item> {
  for await (const item of items) return item
  throw new Error('Nothing came')
}

/** Lets go as soon as the device is at work. */
async function readUntilAborted(items: AsyncIterable<PracticeProgress>, stop: AbortController): Promise<void> {
  try {
    for await (const { phase } of items) if (phase === 'making') stop.abort()
  } catch (error) {
    if (!stop.signal.aborted || (error as { code?: string }).code !== 'cancelled') throw error
  }
}
