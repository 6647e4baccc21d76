import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { type Configuration, Platform, build as pack } from 'electron-builder'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from '#electron/build.ts'
import { CT_PHANTOM } from '#electron/demo/ctPhantom.ts'
import { ICNS_TYPES } from './iconContainers.ts'
import { iconFiles } from './makeIcons.ts'
import { startPackedHost } from './packedHost.ts'

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

  test('starts the headless host, keeps and draws the demo studies, and stops at SIGTERM', async () => {
    const host = await startPackedHost(app, join(folder, 'data'))
    try {
      expect(host.ready).toMatchObject({ event: 'ready', aeTitle: 'PACKED' })
      expect(host.ready.dicomPort).toBeGreaterThan(0)
      const page = await host.data('/')
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<script')])
      expect((await host.ask.settings.about({})).version).toMatch(/^\d+\.\d+\.\d+$/)

      await host.ask.settings.addDemoStudies({})
      const { rows } = await host.ask.studies.list({ offset: 0, limit: 10 })
      expect(rows.map((row) => row.patientName).sort()).toEqual(['Demo^Bella', 'Demo^Milo', 'Demo^Robin'])
      const ct = rows.find((row) => row.modalities.includes('CT'))
      const [series] = await host.ask.studies.series({ studyId: ct?.studyId ?? 0 })
      const [first] = await host.ask.studies.images({ seriesId: series?.seriesId ?? 0 })
      const frames = await host.data('/data/frames', {
        method: 'POST',
        body: JSON.stringify({ frames: [{ instanceId: first?.instanceId, frame: 0 }] }),
      })
      const answer = new DataView(await frames.arrayBuffer())
      expect([answer.getUint32(0, true), answer.getUint32(8, true)]).toEqual([0x4d52464e, 0])
      const { water, columns, pixelSpacingMm, rescaleIntercept } = CT_PHANTOM
      const at = (mm: number) => Math.round(mm / pixelSpacingMm + (columns - 1) / 2)
      const stored = answer.getInt16(16 + 2 * (at(water.yMm) * columns + at(water.xMm)), true)
      expect(stored + rescaleIntercept).toBe(water.hu)
    } finally {
      const { code, elapsedMs } = await host.stop()
      expect(code).toBe(0)
      expect(elapsedMs).toBeLessThan(15_000)
    }
  }, 240_000)
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
