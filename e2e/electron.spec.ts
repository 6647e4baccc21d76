import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { _electron, expect, test } from '@playwright/test'
import { root } from './run/step.ts'
import { temporaryFolder } from './workstation/temporaryFolder.ts'

/** The runtime that the npm package fetches at its first run; undefined where it has not been fetched. */
function runtime(): string | undefined {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(executable) ? executable : undefined
}

const executablePath = runtime()

test.skip(!executablePath, "Electron's runtime is not here: start the program once where the network allows it")

test('the window shows the study list, without Node in the page', async () => {
  using folder = temporaryFolder()
  const program = await _electron.launch({
    executablePath: executablePath ?? '',
    args: [root, '--data', join(folder.path, 'data'), ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  try {
    const window = await program.firstWindow()
    await expect(window.getByRole('navigation', { name: 'Pages' })).toBeVisible()
    expect(new URL(window.url()).protocol).toBe('app:')
    expect(await window.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false)
  } finally {
    await program.close()
  }
})

test('a second start shows the first window', async () => {
  using folder = temporaryFolder()
  const args = [root, '--data', join(folder.path, 'data'), ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const first = await _electron.launch({ executablePath: executablePath ?? '', args })
  try {
    await first.firstWindow()
    const second = _electron.launch({ executablePath: executablePath ?? '', args })
    await expect(second).rejects.toThrow()
    expect(first.windows()).toHaveLength(1)
  } finally {
    await first.close()
  }
})
