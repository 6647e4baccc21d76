import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkFolder } from './checkFolder.ts'
import { checkPort } from './checkPort.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-checks-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a port that somebody has is not free, our own is', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  expect(await checkPort({ host: undefined, port }, undefined)).toMatchObject({ free: false })
  expect((await checkPort({ host: undefined, port }, undefined)).sentence).toContain(String(port))
  expect(await checkPort({ host: undefined, port }, port)).toMatchObject({ free: true })
  await new Promise((resolve) => server.close(resolve))
  expect(await checkPort({ host: undefined, port }, undefined)).toMatchObject({ free: true })
})

test('a folder is tried for real and left as it was', async () => {
  const current = join(folder, 'archive')
  expect(await checkFolder(folder, current)).toMatchObject({ usable: true })
  expect(await checkFolder(join(folder, 'new'), current)).toMatchObject({ usable: true })
  expect(readdirSync(folder)).toEqual([])
})

test('what cannot hold an archive is said in words', async () => {
  const current = join(folder, 'archive')
  writeFileSync(join(folder, 'file'), '')
  for (const wrong of [
    'relative/path',
    join(folder, 'file'),
    join(folder, 'file', 'in'),
    current,
    join(current, 'in'),
  ]) {
    const { usable, sentence } = await checkFolder(wrong, current)
    expect(usable, wrong).toBe(false)
    expect(sentence).toMatch(/\.$/)
  }
})
