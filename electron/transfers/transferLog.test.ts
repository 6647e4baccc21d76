import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openArchive } from '#electron/archive/openArchive.ts'
import { TransferLog } from './transferLog.ts'

const LIMIT = 20

test('memory holds the newest; the database all of them, until they are beyond the retention', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-transfers-'))
  const archive = await openArchive(folder)
  try {
    const log = await TransferLog.load(archive, Date.now(), LIMIT)
    const running = log.begin({ kind: 'send', title: 'Running', peer: 'PEER', total: 1 })
    await new Promise((resolve) => setTimeout(resolve, 2))
    for (let index = 0; index < 3 * LIMIT; index += 1) {
      log.begin({ kind: 'receive', state: 'done', title: `T${index}`, peer: 'PEER', total: 1 }).end('done', '')
      await log.save()
      // No two begin in the same millisecond, however quick the disk is.
      for (const saved = Date.now(); Date.now() === saved; ) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    const titles = () => log.list().map(({ title }) => title)
    await expect.poll(() => titles().length).toBeLessThanOrEqual(LIMIT + 2)
    expect(titles()).toContain(`T${3 * LIMIT - 1}`)
    expect(titles()).toContain('Running')
    expect(titles()).not.toContain('T0')
    running.end('done', '')
    await log.save()
    const first = await log.history({ limit: 50 })
    const last = first.at(-1)!
    const rest = await log.history({ limit: 50, before: { startedAt: last.startedAt, transferId: last.transferId } })
    expect(new Set([...first, ...rest].map(({ transferId }) => transferId)).size).toBe(3 * LIMIT + 1)
    expect((await log.history({ limit: 50, kind: 'send' })).map(({ title }) => title)).toEqual(['Running'])
    await log.prune(Date.now(), LIMIT)
    // Some began in the same millisecond.
    expect((await log.history({ limit: 200 })).length).toBeLessThan(LIMIT + 8)
  } finally {
    await archive.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('how far a send has come reaches the disk itself soon after the last image, though nothing else is written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-transfers-'))
  const archive = await openArchive(folder)
  const { reader, writer } = archive
  const synced = new Map<string, boolean>()
  const saveTransfers: typeof writer.saveTransfers = async (batch, outlives = 'power cut') => {
    await writer.saveTransfers(batch, outlives)
    for (const { row } of batch) synced.set(`${row.done}`, outlives === 'power cut')
  }
  try {
    const log = await TransferLog.load({ reader, writer: { saveTransfers, ...none } })
    const sending = log.begin({ kind: 'send', title: 'Sending', peer: 'PEER', total: 3 })
    await log.save()
    for (const key of ['1.1', '1.2']) sending.item({ key, state: 'done', status: 0, note: '' })
    await expect.poll(() => synced.get('2'), { timeout: 30_000 }).toBe(true)
    expect((await reader.listTransferItems(sending.id)).map(({ key }) => key)).toEqual(['1.1', '1.2'])
  } finally {
    await archive.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('what waits has no rate, and what is taken up again keeps what it brought', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-transfers-'))
  const archive = await openArchive(folder)
  try {
    const log = await TransferLog.load(archive)
    const transfer = log.begin({ kind: 'retrieve', title: 'Rex', peer: 'PEER', total: 2, plan: '{}' })
    transfer.item({ key: '1.1', state: 'done', status: 0, note: '' }, 5000)
    expect(transfer.row().bytesPerSecond).toBeGreaterThan(0)
    transfer.set({ state: 'waiting' })
    expect(transfer.row()).toMatchObject({ bytesPerSecond: 0, bytes: 5000 })
    transfer.end('cancelled', '')
    await log.save()
    const again = await log.reopen(transfer.id)
    expect(again?.row()).toMatchObject({ state: 'waiting', done: 1, bytes: 5000 })
  } finally {
    await archive.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

const none = { deleteTransfers: async () => {}, pruneTransfers: async () => ({ more: false }) }
