import fs, { closeSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { expect, test, vi } from 'vitest'
import { storedFile } from '../testing/testObject.ts'
import { ReadAhead } from './readAhead.ts'

/** Of `path`, in this process; Linux alone can tell. */
function handles(path: string): number {
  if (process.platform !== 'linux') return 0
  return readdirSync('/proc/self/fd').filter((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`) === path
    } catch {
      return false
    }
  }).length
}

test('the file that was prepared is given with its first bytes, once', async () => {
  const ahead = new ReadAhead()
  const { path } = storedFile(1)
  ahead.prepare(path)
  const opened = await ahead.take(path)
  expect(opened?.head.equals(readFileSync(path))).toBe(true)
  expect(await ahead.take(path)).toBeUndefined()
  if (opened) closeSync(opened.file)
  expect(handles(path)).toBe(0)
})

test('what is prepared and not wanted is closed; what is not there is left to who asks for it', async () => {
  const ahead = new ReadAhead()
  const [one, other] = [storedFile(1), storedFile(2)]
  ahead.prepare(one.path)
  ahead.prepare(other.path)
  expect(await ahead.take(one.path)).toBeUndefined()
  ahead.drop()
  await expect.poll(() => handles(one.path) + handles(other.path)).toBe(0)
  ahead.prepare(`${one.path}.gone`)
  expect(await ahead.take(`${one.path}.gone`)).toBeUndefined()
})

test('what a disk gives late of a file that is not wanted does not come in the place of another', async () => {
  const files = [storedFile(1), storedFile(2), storedFile(3)].map(({ path }) => path)
  const [late = '', next = '', last = ''] = files
  const buffers: unknown[] = []
  const real = fs.read
  const read = vi.spyOn(fs, 'read').mockImplementation(((...given: unknown[]) => {
    buffers.push(given[1])
    Reflect.apply(real, fs, given)
  }) as typeof real)
  syncBuiltinESMExports()
  try {
    const ahead = new ReadAhead()
    ahead.prepare(late)
    ahead.drop()
    for (const path of [next, last]) {
      ahead.prepare(path)
      const opened = await ahead.take(path)
      if (opened) closeSync(opened.file)
    }
    expect(buffers).toHaveLength(3)
    expect(buffers.slice(1)).not.toContain(buffers[0])
  } finally {
    read.mockRestore()
    syncBuiltinESMExports()
  }
})
