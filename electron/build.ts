import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inputsHash, onceFor } from './build/stamp.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const ALWAYS = ['package.json', 'package-lock.json', 'electron/build.ts', 'electron/build/*.ts']

const PARTS = ['host', 'renderer'] as const
type Part = (typeof PARTS)[number]

/** `dist/host`, `dist/app` and `dist/renderer`, each made only when its sources have changed. */
export async function build(parts: readonly Part[] = PARTS): Promise<void> {
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  if (parts.includes('host')) {
    const hash = inputsHash(ROOT, [...ALWAYS, 'electron/**/*.ts', 'shared/**/*.{ts,json}'])
    await say(
      'host',
      await onceFor(hash, join(ROOT, 'dist', 'host'), async () => {
        const { buildHost } = await import('./build/buildHost.ts')
        await buildHost(ROOT)
      }),
    )
  }
  if (parts.includes('renderer')) {
    const hash = inputsHash(ROOT, [
      ...ALWAYS,
      'vite.config.ts',
      'renderer/**/*.*',
      'shared/**/*.{ts,json}',
      'resources/**/*.*',
    ])
    await say(
      'page',
      await onceFor(hash, join(ROOT, 'dist', 'renderer'), async () => {
        const { buildRenderer } = await import('./build/buildRenderer.ts')
        await buildRenderer(ROOT)
      }),
    )
  }
}

/** On stderr: the headless host's first line on stdout is its ready line. */
function say(part: string, built: boolean): void {
  if (built) process.stderr.write(`Built the ${part}.\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = PARTS.filter((part) => process.argv.includes(part))
  await build(named.length > 0 ? named : PARTS)
}
