import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { find } from '../run/debianPackages.ts'

const ip = find('ip') ?? 'ip'

/** Two computers of our own on one cable: network namespaces (root on Linux alone). */
export interface Namespaces extends Disposable {
  us: string
  them: string
  /** `ip` with these arguments, in a namespace. */
  ip(where: 'us' | 'them', ...args: string[]): void
  run(where: 'us' | 'them', ...command: string[]): void
  /** What a program sees there as this file of /etc. */
  etc(where: 'us', name: string, content: string): void
  /** Put before a command line. */
  under(where: 'us' | 'them'): string[]
}

export const US = '10.77.1.2'
export const THEM = '10.77.1.1'
/** Theirs too, on another network. */
export const FAR = '10.77.2.1'

export function canMakeNamespaces(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !find('ip')) return false
  const name = `ngt${process.pid}x`
  if (spawnSync(ip, ['netns', 'add', name]).status !== 0) return false
  spawnSync(ip, ['netns', 'del', name])
  return true
}

export function makeNamespaces(): Namespaces {
  const [us, them] = [`ngt${process.pid}a`, `ngt${process.pid}b`]
  const names = { us, them }
  const call = (...args: string[]) => execFileSync(ip, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const inside = (where: 'us' | 'them', ...args: string[]) => call('-n', names[where], ...args)
  const etc = join('/etc/netns', us)
  const spaces: Namespaces = {
    us,
    them,
    ip: (where, ...args) => void inside(where, ...args),
    run: (where, ...command) => void call('netns', 'exec', names[where], ...command),
    etc(_, name, content) {
      mkdirSync(etc, { recursive: true })
      writeFileSync(join(etc, name), content)
    },
    under: (where) => [ip, 'netns', 'exec', names[where]],
    [Symbol.dispose]() {
      for (const name of [us, them]) spawnSync(ip, ['netns', 'del', name])
      rmSync(etc, { recursive: true, force: true })
    },
  }
  call('netns', 'add', us)
  call('netns', 'add', them)
  call('link', 'add', 'cable0', 'netns', us, 'type', 'veth', 'peer', 'name', 'cable1', 'netns', them)
  for (const where of ['us', 'them'] as const) inside(where, 'link', 'set', 'lo', 'up')
  inside('us', 'addr', 'add', `${US}/24`, 'dev', 'cable0')
  inside('them', 'addr', 'add', `${THEM}/24`, 'dev', 'cable1')
  inside('them', 'addr', 'add', `${FAR}/32`, 'dev', 'lo')
  inside('us', 'link', 'set', 'cable0', 'up')
  inside('them', 'link', 'set', 'cable1', 'up')
  return spaces
}
