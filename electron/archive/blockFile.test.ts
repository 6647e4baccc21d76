import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { BlockFile } from './blockFile.ts'

const folder = mkdtempSync(join(tmpdir(), 'negatoscope-blocks-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a file that cannot be opened again is closed once, and never the file that has its number by then', (context) => {
  const path = join(folder, 'lost')
  const direct = { possible: true }
  const file = new BlockFile(path, direct)
  rmSync(path)
  let refusal: unknown
  try {
    // no whole block, from memory that is not aligned: what a file system with direct writes refuses
    file.write(Buffer.allocUnsafeSlow(101).subarray(1))
  } catch (error) {
    refusal = error
  }
  if (!refusal) return context.skip('This file system takes any direct write')
  expect(refusal).toMatchObject({ code: 'ENOENT' })
  const other = join(folder, 'other')
  const handle = openSync(other, 'w')
  file.close()
  writeSync(handle, 'whole')
  closeSync(handle)
  expect(readFileSync(other, 'utf8')).toBe('whole')
})
