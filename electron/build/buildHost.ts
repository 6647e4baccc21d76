import { existsSync, globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { APP_FOLDER, HOST_FOLDER, workerOutputName } from './outputName.ts'
import { ownModules, relativeUrls } from './relativeUrls.ts'

/** The headless host, the desktop host with its preload, and every worker thread, each one file of ES module. */
export async function buildHost(root: string): Promise<void> {
  const shared: BuildOptions = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node22.18',
    format: 'esm',
    sourcemap: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [ownModules(root), relativeUrls(root)],
  }
  const workers = globSync('electron/**/*.worker.ts', { cwd: root }).map((file) => join(root, file))
  const host = [
    { in: 'electron/headless/main.ts', out: join(HOST_FOLDER, 'headless') },
    { in: 'electron/app/main.ts', out: join(APP_FOLDER, 'main') },
    ...workers.map((file) => ({ in: file, out: join(HOST_FOLDER, workerOutputName(root, file)) })),
  ]
  // a worker that was renamed must not stay
  for (const folder of [HOST_FOLDER, APP_FOLDER]) rmSync(join(root, folder), { recursive: true, force: true })
  await build({
    ...shared,
    entryPoints: host.filter((entry) => existsSync(join(root, entry.in)) || existsSync(entry.in)),
    outdir: '.',
  })
  await buildPreload(shared)
}

/** A sandboxed preload can neither import nor require a file: it is one CommonJS script. */
async function buildPreload(shared: BuildOptions): Promise<void> {
  await build({
    ...shared,
    entryPoints: ['electron/app/preload.ts'],
    outfile: join(APP_FOLDER, 'preload.cjs'),
    format: 'cjs',
    platform: 'browser',
    target: 'chrome140',
    sourcemap: false,
  })
}
