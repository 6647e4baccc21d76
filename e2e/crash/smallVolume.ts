import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

export interface SmallVolume extends Disposable {
  path: string
  readOnly(is: boolean): void
  /** Takes the file system away from under whoever uses it; the mount point stays, empty. */
  unplug(): void
}

/** A file system of its own of so many megabytes, in memory; only root can have one. */
export function smallVolume(path: string, megabytes: number): SmallVolume {
  mkdirSync(path)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path])
  let mounted = true
  const unplug = () => {
    if (mounted) execFileSync('umount', ['-l', path])
    mounted = false
  }
  return {
    path,
    readOnly: (is) => void execFileSync('mount', ['-o', `remount,${is ? 'ro' : 'rw'}`, path]),
    unplug,
    [Symbol.dispose]: unplug,
  }
}
