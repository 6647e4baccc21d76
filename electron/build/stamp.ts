import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What a build was made of: the content of each source, so that a checkout that only touches times builds nothing. */
export function inputsHash(root: string, patterns: string[]): string {
  const files = globSync(patterns, { cwd: root, exclude: (name) => name.includes('.test.') || name === 'node_modules' })
  const hash = createHash('sha256')
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

/** Runs `make` unless `output` was already made of the same inputs; says whether it ran. */
export async function onceFor(hash: string, output: string, make: () => Promise<void>): Promise<boolean> {
  const stamp = `${output}.stamp`
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false
  rmSync(stamp, { force: true })
  await make()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, hash)
  return true
}
