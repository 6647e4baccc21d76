import { readFileSync, statSync } from 'node:fs'
import type { SiteProfiles } from './openSiteProfile.ts'

const MOST_BYTES = 4_000_000

/**
 * The file that an administrator names on the command line: who may start the program like this may also say whom it
 * follows. Returns one line for whoever started it where the file is not in force; '' otherwise.
 */
export function deployProfile(profiles: SiteProfiles, file: string | undefined): string {
  if (file === undefined) return ''
  try {
    if (statSync(file).size > MOST_BYTES) return `The site profile ${file} is larger than one can be.`
    const text = readFileSync(file, 'utf8')
    profiles.follow(text, profiles.look(text).fingerprint)
    return ''
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'There is no such file.' : message
    return `The site profile ${file} is not in force. ${reason}`
  }
}
