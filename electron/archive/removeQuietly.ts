import { unlinkSync } from 'node:fs'

/** For files that no row uses: one that cannot be removed now is found again at the next start (recoverOrphans). */
export function removeQuietly(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // gone already, or in use
  }
}
