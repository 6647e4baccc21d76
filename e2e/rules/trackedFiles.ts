import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run/step.ts'

/** Files of the repository, new ones included, as paths from its root. */
export function trackedFiles(pattern: RegExp): string[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return list
    .split('\0')
    .filter((path) => pattern.test(path))
    .filter((path) => existsSync(join(root, path)))
}

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')
