import { closeSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { expect, test } from 'vitest'
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
