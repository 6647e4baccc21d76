import { readdirSync } from 'node:fs'
import { relative } from 'node:path'
import { defaultStorageFolder } from '#electron/archive/archivePaths.ts'
import { deflateBomb, hostileUID, nestedSequences, plainImage } from '#electron/demo/hostile.ts'
import { encodeDataSet } from '#electron/demo/writePart10.ts'
import { expect, test } from '../browser/test.ts'
import { listInstances } from '../corpus/round.ts'
import { ctSeries } from '../crash/storedInstance.ts'
import { StoreSender } from '../crash/storeSender.ts'
import type { Connection } from '../workstation/connect.ts'
import type { Workstation } from '../workstation/startWorkstation.ts'
import { parsePart10, readPart10, storedFiles } from '../workstation/storedFiles.ts'
import { hostileFiles } from './hostileFiles.ts'
import { watchMemory } from './memory.ts'

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7'
const MOST_MEMORY_BYTES = 1024 ** 3
const OWN_NAME = /^\d{6}[/\\][0-9a-f]{64}-[0-9a-f]{8}\.dcm$/

/** Some honest images, to be found again unharmed. */
async function storeGood(workstation: Workstation): Promise<Map<string, string>> {
  const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
  const instances = ctSeries({ series: 1 })
  const good = new Map<string, string>()
  for (const number of [1, 2, 3]) {
    const instance = instances(number)
    expect((await sender?.store(instance))?.status).toBe(0x0000)
    good.set(instance.sopInstanceUID, instance.sha256)
  }
  await sender?.release()
  return good
}

/** Nothing lost, nothing outside, nothing under a name that came from data, and the program goes on. */
async function expectUnharmed(
  folder: string,
  workstation: Workstation,
  connection: Connection,
  good: Map<string, string>,
): Promise<void> {
  expect(readdirSync(folder)).toEqual(['data'])
  const storage = defaultStorageFolder(workstation.dataFolder)
  const files = storedFiles(workstation.dataFolder)
  expect(files.map((path) => relative(storage, path)).filter((name) => !OWN_NAME.test(name))).toEqual([])
  const here = new Set(files.map((path) => readPart10(path).sopInstanceUID))
  expect([...good.keys()].filter((uid) => !here.has(uid))).toEqual([])
  const listed = await listInstances(connection)
  expect([...good.keys()].filter((uid) => !listed.has(uid))).toEqual([])
  expect(listed.size).toBe(files.length)
  const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
  expect((await sender?.store(ctSeries({ series: 2 })(1)))?.status).toBe(0x0000)
  await sender?.release()
}

test('hostile files are refused in words by the import, and do no harm', async ({
  folder,
  workstation,
  connection,
  page,
}) => {
  test.setTimeout(360_000)
  const good = await storeGood(workstation)
  const files = await hostileFiles()
  const memory = watchMemory(workstation.pid)
  const { ask, data } = connection
  const { transferId } = await ask.transfers.beginImport({ title: 'Hostile', files: files.length })
  const stored: string[] = []
  for (const { name, bytes, wanted } of files) {
    const path = `/data/import/${transferId}?name=${encodeURIComponent(name)}`
    const answer = await data(path, { method: 'PUT', body: new Uint8Array(bytes) })
    const { outcome, note } = (await answer.json()) as { outcome: string; note: string }
    if (outcome === 'rejected') expect(note, name).toMatch(/\w+ \w+/)
    else if (wanted === 'refused') stored.push(name)
  }
  await ask.transfers.finishImport({ transferId })
  expect(stored, 'stored, though they must be refused').toEqual([])
  expect(memory.stop()).toBeLessThan(MOST_MEMORY_BYTES)

  const items = await ask.transfers.items({ transferId })
  expect(items.filter((item) => item.state === 'failed' && item.note === '')).toEqual([])
  expect(items.filter((item) => item.state === 'failed').length).toBeGreaterThan(0)
  await page.goto(workstation.url)
  await page.getByRole('button', { name: 'Transfers' }).first().click()
  await page.getByText('Hostile').first().click()
  const [failed] = items.filter((item) => item.state === 'failed')
  await expect(page.getByText(failed?.note ?? '').first()).toBeVisible()
  await page.getByRole('button', { name: 'Studies' }).first().click()
  await expect(page.getByText('<script>alert(1)</script>').first()).toBeVisible()
  await expectUnharmed(folder, workstation, connection, good)
})

test('hostile objects are refused on the wire, and nobody else waits for them', async ({
  folder,
  workstation,
  connection,
}) => {
  test.setTimeout(360_000)
  const good = await storeGood(workstation)
  const memory = watchMemory(workstation.pid)
  const DEFLATED = '1.2.840.10008.1.2.1.99'
  const LITTLE = '1.2.840.10008.1.2.1'
  const objects = [
    {
      name: 'bomb',
      uid: '1.2.3.4.1',
      syntax: DEFLATED,
      dataSet: parsePart10(Buffer.from(await deflateBomb())).dataSet,
    },
    { name: 'nested', uid: '1.2.3.4.2', syntax: LITTLE, dataSet: parsePart10(Buffer.from(nestedSequences())).dataSet },
    { name: 'path', uid: '../../x', syntax: LITTLE, dataSet: parsePart10(Buffer.from(hostileUID('../../x'))).dataSet },
    { name: 'noise', uid: '1.2.3.4.3', syntax: LITTLE, dataSet: Buffer.alloc(100_000, 0xa5) },
    { name: 'empty', uid: '1.2.3.4.4', syntax: LITTLE, dataSet: Buffer.alloc(2) },
    { name: 'another UID', uid: '1.2.3.4.5', syntax: LITTLE, dataSet: encodeDataSet(plainImage(), LITTLE) },
  ]
  let isOver = false
  const begunAt = Date.now()
  const slowest = (async () => {
    let slowestMs = 0
    for (let number = 100; !isOver; number += 1) {
      const startedAt = Date.now()
      const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
      const answer = await sender?.store(ctSeries({ series: 3 })(number))
      expect(answer?.status).toBe(0x0000)
      await sender?.release()
      slowestMs = Math.max(slowestMs, Date.now() - startedAt)
    }
    return slowestMs
  })()
  const accepted: string[] = []
  for (const { name, uid, syntax, dataSet } of objects) {
    const context = { sopClassUID: SECONDARY_CAPTURE, transferSyntaxUID: syntax }
    const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle, context)
    const answer = await sender?.store({ sopInstanceUID: uid, dataSet, sha256: '' })
    if (answer?.status === 0x0000) accepted.push(name)
    sender?.destroy()
  }
  isOver = true
  const most = Math.max(5000, (Date.now() - begunAt) / 2)
  expect(await slowest, 'the longest that another sender waited, in ms').toBeLessThan(most)
  expect(accepted, 'acknowledged, though they must be refused').toEqual([])
  expect(memory.stop()).toBeLessThan(MOST_MEMORY_BYTES)
  await expectUnharmed(folder, workstation, connection, good)
})
