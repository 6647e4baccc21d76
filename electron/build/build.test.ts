import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildHost } from './buildHost.ts'
import { rewriteRelativeUrls } from './relativeUrls.ts'
import { inputsHash, onceFor } from './stamp.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

describe('relative URLs', () => {
  test('a worker becomes its bundle, a resource is found from two folders below the root', () => {
    const text = `new Worker(new URL('./find.worker.ts', import.meta.url)); new URL("../../dist/renderer/", import.meta.url)`
    expect(rewriteRelativeUrls('/r', '/r/electron/dicom/node.ts', text)).toBe(
      `new Worker(new URL('../host/dicom-find.worker.js', import.meta.url)); new URL('../../dist/renderer/', import.meta.url)`,
    )
  })

  test('addresses of the web stay', () => {
    const text = `new URL('https://example.org/x', base)`
    expect(rewriteRelativeUrls('/r', '/r/electron/a.ts', text)).toBe(text)
  })
})

describe('the host bundle', () => {
  test('runs from dist with its worker, its resource and its own modules', async () => {
    write('package.json', '{"type":"module"}')
    write('resources/word.txt', 'resource')
    write(
      'shared/word.ts',
      `import data from './word.json' with { type: 'json' }\nexport const word: string = data.word`,
    )
    write('shared/word.json', '{"word":"shared"}')
    write(
      'electron/deep/down/echo.worker.ts',
      `import { parentPort } from 'node:worker_threads'\nparentPort?.postMessage('worker')`,
    )
    write(
      'electron/deep/down/ask.ts',
      `import { Worker } from 'node:worker_threads'
export const ask = () => new Promise((resolve) => new Worker(new URL('./echo.worker.ts', import.meta.url)).on('message', resolve))`,
    )
    write(
      'electron/headless/main.ts',
      `import { readFileSync } from 'node:fs'
import { word } from '#shared/word.ts'
import { ask } from '#electron/deep/down/ask.ts'
console.log(word, readFileSync(new URL('../../resources/word.txt', import.meta.url), 'utf8'), await ask())`,
    )
    write('electron/app/main.ts', `import { app } from 'electron'\nconsole.log(app)`)
    write('electron/app/preload.ts', `import { ipcRenderer } from 'electron'\nipcRenderer.send('x')`)
    await buildHost(root)
    const output = execFileSync(
      process.execPath,
      ['--no-memory-protection-keys', join(root, 'dist/host/headless.js')],
      { encoding: 'utf8', stdio: 'pipe', timeout: 50_000 },
    )
    expect(output.trim()).toBe('shared resource worker')
    const preload = readFileSync(join(root, 'dist/app/preload.cjs'), 'utf8')
    expect(preload).toContain(`require("electron")`)
    expect(preload).not.toMatch(/^(import|export) /m)
  })
})

describe('a part that is up to date', () => {
  test('is made once for the same content, again for other content', async () => {
    write('src/a.ts', '1')
    write('src/a.test.ts', 'a test')
    let made = 0
    const run = () =>
      onceFor(inputsHash(root, ['src/**/*.ts']), join(root, 'dist/part'), async () => {
        made++
        write('dist/part/out.js', '')
      })
    expect([await run(), await run()]).toEqual([true, false])
    write('src/a.test.ts', 'another test')
    expect(await run()).toBe(false)
    write('src/a.ts', '2')
    expect(await run()).toBe(true)
    expect(made).toBe(2)
  })

  test('is made again after a failure', async () => {
    const output = join(root, 'dist/part')
    await expect(onceFor('1', output, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await onceFor('1', output, () => Promise.resolve())).toBe(true)
  })
})
