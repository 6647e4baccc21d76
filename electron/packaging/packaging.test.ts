import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { type Configuration, Platform, build as pack } from 'electron-builder'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from '#electron/build.ts'
import { ICNS_TYPES } from './iconContainers.ts'
import { iconFiles } from './makeIcons.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What electron-builder itself uses, its own dependencies. */
const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'))

interface BuilderConfig {
  getConfig(root: string, file: string, options: null): Promise<Configuration>
  validateConfiguration(configuration: unknown, log: { isEnabled: boolean; add(): void }): Promise<void>
}

const { getConfig, validateConfiguration } = fromBuilder('app-builder-lib/out/util/config/config.js') as BuilderConfig
const silent = { isEnabled: false, add: () => {} }

describe('electron-builder.yml', () => {
  test('is valid by the packer’s own schema', async () => {
    await validateConfiguration(await getConfig(ROOT, 'electron-builder.yml', null), silent)
  })

  test('and that schema does find faults', async () => {
    const configuration = await getConfig(ROOT, 'electron-builder.yml', null)
    await expect(validateConfiguration({ ...configuration, asarUnpak: [] }, silent)).rejects.toThrow('asarUnpak')
  })

  test('names the four installers, the association and fuses that close every side door', async () => {
    const configuration = await getConfig(ROOT, 'electron-builder.yml', null)
    expect(configuration.win?.target).toBe('nsis')
    expect(configuration.mac?.target).toBe('dmg')
    expect(configuration.linux?.target).toEqual(['AppImage', 'deb'])
    expect(configuration.fileAssociations).toMatchObject([{ ext: 'dcm', mimeType: 'application/dicom' }])
    expect(configuration.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    })
  })
})

describe('icons', () => {
  test('in the repository are those that the shapes make', () => {
    for (const [name, content] of iconFiles()) {
      const kept = readFileSync(join(ROOT, 'resources', name))
      expect(kept.equals(Buffer.from(content)), name).toBe(true)
    }
  })

  test('of Windows and macOS hold the sizes that their directories say', () => {
    const ico = readFileSync(join(ROOT, 'resources/packaging/icon.ico'))
    const pictures = ico.readUInt16LE(4)
    const last = 6 + 16 * (pictures - 1)
    expect(ico.readUInt32LE(last + 12) + ico.readUInt32LE(last + 8)).toBe(ico.length)
    const icns = readFileSync(join(ROOT, 'resources/packaging/icon.icns'))
    expect(icns.readUInt32BE(4)).toBe(icns.length)
    let at = 8
    for (const [type, size] of ICNS_TYPES) {
      expect(icns.toString('latin1', at, at + 4)).toBe(type)
      expect(icns.readUInt32BE(at + 8 + 16)).toBe(size)
      at += icns.readUInt32BE(at + 4)
    }
  })
})

/**
 * The packer does its real work - file patterns, production packages, archive and what lies beside it - on a stand-in for
 * Electron's distribution, since the runtime cannot be fetched everywhere. The headless host then runs from the result.
 */
describe('the packed program', () => {
  let folder: string
  let app: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'packed-'))
    await build()
    app = await packAndExtract(folder)
  }, 300_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('holds both hosts, the page and the bindings, and no source', () => {
    const files = readdirSync(app, { recursive: true }).map(String)
    for (const wanted of [
      'package.json',
      'dist/app/main.js',
      'dist/app/preload.cjs',
      'dist/host/headless.js',
      'dist/renderer/index.html',
      'resources/icon.png',
    ])
      expect(files).toContain(wanted)
    expect(files.filter((file) => /^(electron|renderer|shared|e2e|docs|\.git)/.test(file))).toEqual([])
    expect(files.filter((file) => /\.(ts|map|stamp)$/.test(file))).toEqual([])
    const packages = readdirSync(join(app, 'node_modules'))
    for (const wanted of ['better-sqlite3', 'ws', 'zod', 'dicom-parser', 'dcmjs-codecs'])
      expect(packages).toContain(wanted)
    for (const unwanted of ['electron', 'vite', 'react', 'typescript', 'esbuild'])
      expect(packages).not.toContain(unwanted)
  })

  test('has its fuses set in the executable', async () => {
    const wire = await getCurrentFuseWire(join(folder, 'release', 'linux-unpacked', 'negatoscope'))
    const on = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE
    expect(on(FuseV1Options.RunAsNode)).toBe(false)
    expect(on(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
    expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
    expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
    expect(on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
    expect(on(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
  })

  test('starts the headless host, serves its page and stops at SIGTERM', async () => {
    const host = spawn(
      process.execPath,
      [
        'dist/host/headless.js',
        '--data',
        join(folder, 'data'),
        '--ae-title',
        'PACKED',
        '--dicom-port',
        '0',
        '--bind',
        '127.0.0.1',
        '--accept',
        'any',
        '--web-port',
        '0',
      ],
      { cwd: app, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH } },
    )
    const said: string[] = []
    const ended = new Promise<number | null>((resolve) => host.once('exit', resolve))
    host.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
    try {
      const ready = JSON.parse(await firstLine(host, said)) as {
        event: string
        url: string
        aeTitle: string
        dicomPort: number
      }
      expect(ready).toMatchObject({ event: 'ready', aeTitle: 'PACKED' })
      expect(ready.dicomPort).toBeGreaterThan(0)
      const page = await fetch(ready.url.split('#')[0] ?? '')
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<script')])
    } finally {
      const started = performance.now()
      host.kill('SIGTERM')
      expect(await ended).toBe(0)
      expect(performance.now() - started).toBeLessThan(5000)
    }
  }, 60_000)
})

/** The fuse wire as it stands in Electron's executable: a mark, version 1, eight fuses, all on. */
const FUSES_OF_ELECTRON = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 8]),
  Buffer.from('1'.repeat(8)),
])

async function packAndExtract(folder: string): Promise<string> {
  const distribution = join(folder, 'electron')
  mkdirSync(join(distribution, 'resources'), { recursive: true })
  for (const name of ['version', 'LICENSE']) writeFileSync(join(distribution, name), 'stand-in')
  writeFileSync(join(distribution, 'electron'), FUSES_OF_ELECTRON)
  chmodSync(join(distribution, 'electron'), 0o755)
  // electron-builder.yml is read from the project; these two go on top of it.
  await pack({
    projectDir: ROOT,
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    config: { electronDist: distribution, directories: { output: join(folder, 'release') } },
  })
  const app = join(folder, 'app')
  const asar = (await import(fromBuilder.resolve('@electron/asar'))) as {
    extractAll(archive: string, to: string): void
  }
  asar.extractAll(join(folder, 'release', 'linux-unpacked', 'resources', 'app.asar'), app)
  return app
}

function firstLine(host: ChildProcess, said: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    if (host.stdout) createInterface({ input: host.stdout }).once('line', resolve)
    host.once('exit', (code) => reject(new Error(`the host ended with ${code}: ${said.join('')}`)))
  })
}
