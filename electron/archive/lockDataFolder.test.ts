import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from './archiveFixture.ts'
import { lockDataFolder } from './lockDataFolder.ts'

let folder: ReturnType<typeof temporaryFolder>
let others: ChildProcess[] = []
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  for (const other of others) other.kill('SIGKILL')
  others = []
  folder.remove()
})

/** Another process that locks the folder, says so and stays. */
async function lockElsewhere(): Promise<{ said: string; kill(): Promise<void> }> {
  const script = join(folder.path, 'lock.ts')
  const path = JSON.stringify(join(folder.path, 'data'))
  writeFileSync(
    script,
    `import { lockDataFolder } from '${new URL('./lockDataFolder.ts', import.meta.url).pathname}'
     // Kept: a database that nobody holds is collected, and lets go of its file.
     try { globalThis.lock = lockDataFolder(${path}); console.log('locked'); setInterval(() => {}, 1000) }
     catch (error) { console.log(error.code) }`,
  )
  // It must not hold this process's own output open: vitest would wait for its end for ever.
  const child = spawn(process.execPath, ['--no-memory-protection-keys', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  others.push(child)
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const said = await new Promise<string>((resolve) => {
    child.stdout.on('data', (text) => resolve(String(text).trim()))
    child.on('close', () => resolve('nothing'))
  })
  return {
    said,
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

test('a folder is made, locked for this process alone, and free again afterwards', () => {
  const path = join(folder.path, 'deep', 'data')
  const lock = lockDataFolder(path)
  expect(existsSync(path)).toBe(true)
  expect(() => lockDataFolder(path)).toThrow(/Another Negatoscope uses the data folder/)
  lock.release()
  lock.release()
  lockDataFolder(path).release()
})

test('a second process is refused while the first one lives, also when that dies by SIGKILL', async () => {
  const path = join(folder.path, 'data')
  const lock = lockDataFolder(path)
  const refused = await lockElsewhere()
  expect(refused.said).toBe('in-use')
  lock.release()
  const holder = await lockElsewhere()
  expect(holder.said).toBe('locked')
  expect(() => lockDataFolder(path)).toThrow(/Another Negatoscope/)
  await holder.kill()
  lockDataFolder(path).release()
})

test('a folder that cannot be one says so', () => {
  const file = join(folder.path, 'file')
  writeFileSync(file, '')
  expect(() => lockDataFolder(file)).toThrow(/cannot be written/)
  expect(() => lockDataFolder(join(file, 'below'))).toThrow(/cannot be written/)
})
