import { mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'

/** Built beside and put in place at the end: a host that serves the page meanwhile never sees half of it. */
export async function buildRenderer(root: string): Promise<void> {
  const output = join(root, 'dist', 'renderer')
  const fresh = await mkdtemp(join(root, 'dist', '.renderer-'))
  const old = `${fresh}-old`
  try {
    await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn', build: { outDir: fresh } })
    await rename(output, old).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
    await rename(fresh, output)
  } finally {
    await rm(fresh, { recursive: true, force: true })
    await rm(old, { recursive: true, force: true })
  }
}
