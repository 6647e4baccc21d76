import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type IncomingInstance, InstanceStore, StorageError } from './instanceStore.ts'
import { toStorageError } from './storageError.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-store-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Finishes and syncs; answers the name. */
function kept(incoming: IncomingInstance): string {
  const named = incoming.finish()
  named.sync()
  return named.file
}

const temporaryFiles = () => readdirSync(join(folder, 'tmp'))

test('a published file holds every byte in order and is named by the hash of its data set', () => {
  const store = new InstanceStore(folder)
  const meta = Buffer.from('file meta')
  const chunks = [10, 700_000, 1 << 20, 3_000_000, 1, 600_000, 600_000].map((length, at) =>
    Buffer.alloc(length, at + 1),
  )
  const incoming = store.begin(meta)
  for (const chunk of chunks) incoming.write(chunk)
  const published = incoming.finish()
  published.sync()
  const { file } = published
  const dataSet = Buffer.concat(chunks)
  expect(published.bytes).toBe(meta.length + dataSet.length)
  expect(incoming.bytes).toBe(published.bytes)
  expect(published.dataSetHash).toBe(createHash('sha256').update(dataSet).digest('hex'))
  expect(file).toMatch(/^\d{6}\/[0-9a-f]{64}-[0-9a-f]{8}\.dcm$/)
  expect(file).toContain(published.dataSetHash)
  expect(readFileSync(join(folder, file)).equals(Buffer.concat([meta, dataSet]))).toBe(true)
  expect(temporaryFiles()).toEqual([])
  store.close()
})

test('the same data set twice makes two files, so that removing one leaves the other', () => {
  const store = new InstanceStore(folder)
  const names = [1, 2].map(() => {
    const incoming = store.begin()
    incoming.write(Buffer.from('same'))
    return kept(incoming)
  })
  expect(new Set(names).size).toBe(2)
  store.close()
})

test('files finished and synced aside are as whole as the others, also across buckets and a close', async () => {
  const store = new InstanceStore(folder)
  const keep = async (incoming: IncomingInstance) => {
    const named = await incoming.finishAside()
    await named.syncAside()
    return named.file
  }
  const files = await Promise.all(
    Array.from({ length: 1040 }, async (_, at) => {
      const incoming = store.begin()
      incoming.write(Buffer.alloc(5000, at))
      return keep(incoming)
    }),
  )
  for (const [at, file] of files.entries())
    expect(readFileSync(join(folder, file)).equals(Buffer.alloc(5000, at))).toBe(true)
  expect(temporaryFiles()).toEqual([])
  const last = store.begin()
  last.write(Buffer.from('last'))
  const keeping = keep(last)
  store.close()
  expect(readFileSync(join(folder, await keeping), 'latin1')).toBe('last')
})

test('interleaved files do not mix', () => {
  const store = new InstanceStore(folder)
  const open = Array.from({ length: 8 }, () => store.begin())
  for (let round = 0; round < 50; round += 1)
    for (const [at, incoming] of open.entries()) incoming.write(Buffer.alloc(1000, at))
  const files = open.map((incoming) => kept(incoming))
  for (const [at, file] of files.entries())
    expect(readFileSync(join(folder, file)).equals(Buffer.alloc(50_000, at))).toBe(true)
  store.close()
})

test('what is discarded leaves nothing', () => {
  const store = new InstanceStore(folder)
  const half = store.begin()
  half.write(Buffer.alloc(5_000_000))
  half.discard()
  expect(temporaryFiles()).toEqual([])
})

test('discarding a published file keeps it, since the index may know it', () => {
  const store = new InstanceStore(folder)
  const incoming = store.begin()
  incoming.write(Buffer.from('kept'))
  const file = kept(incoming)
  incoming.discard()
  expect(readFileSync(join(folder, file), 'utf8')).toBe('kept')
  store.close()
})

test('two stores on one folder never share a bucket', () => {
  const stores = [new InstanceStore(folder), new InstanceStore(folder)]
  const buckets = stores.map((store) => {
    const incoming = store.begin()
    incoming.write(Buffer.from('x'))
    const file = kept(incoming)
    store.close()
    return file.split('/')[0]
  })
  expect(new Set(buckets).size).toBe(2)
})

test('after a thousand files the next bucket begins', () => {
  const store = new InstanceStore(folder)
  const buckets = new Set<string | undefined>()
  for (let n = 0; n < 1002; n += 1) {
    const incoming = store.begin()
    incoming.write(Buffer.from([n & 255, n >> 8]))
    buckets.add(kept(incoming).split('/')[0])
  }
  expect([...buckets]).toEqual(['000001', '000002'])
  store.close()
})

test('a storage folder that cannot be written is a StorageError of kind io', () => {
  const notAFolder = join(folder, 'file')
  writeFileSync(notAFolder, '')
  expect(() => new InstanceStore(notAFolder)).toThrow(StorageError)
})

test('a full disk is told apart from other failures', () => {
  expect(toStorageError(Object.assign(new Error('x'), { code: 'ENOSPC' })).code).toBe('no-space')
  expect(toStorageError(Object.assign(new Error('x'), { code: 'EIO' })).code).toBe('io')
})
