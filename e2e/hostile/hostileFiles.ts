import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  deflateBomb,
  HOSTILE_TEXTS,
  HOSTILE_UIDS,
  hostileText,
  hostileUID,
  nestedSequences,
  overlongValues,
  wrongLengths,
} from '#electron/demo/hostile.ts'

export interface HostileFile {
  name: string
  bytes: Uint8Array
  /** `refused`: must not be stored. `either`: whatever comes of it, it must not do harm. */
  wanted: 'refused' | 'either'
}

/** What names of files may look like when somebody means harm; the import gets them as they are. */
const NAMES = ['../../../../tmp/negatoscope-pwned', 'C:\\x', 'a\u0000b', '<b>', 'con', '.', `${'n'.repeat(250)}.dcm`]

const IS_PATH = /[/\\]|^\.+$/

/** Our generator's worst, and the odd ones among the samples. */
export async function hostileFiles(): Promise<HostileFile[]> {
  const files: HostileFile[] = [
    { name: 'bomb', bytes: await deflateBomb(), wanted: 'refused' },
    { name: 'nested', bytes: nestedSequences(), wanted: 'refused' },
    { name: 'nested, unterminated', bytes: nestedSequences(20_000, true), wanted: 'refused' },
    { name: 'overlong', bytes: overlongValues(), wanted: 'either' },
  ]
  for (const uid of HOSTILE_UIDS) {
    const wanted = IS_PATH.test(uid) ? 'refused' : 'either'
    files.push({ name: `UID ${uid}`, bytes: hostileUID(uid), wanted })
    files.push({ name: `UIDs ${uid}`, bytes: hostileUID(uid, true), wanted })
  }
  HOSTILE_TEXTS.forEach((text, index) => {
    files.push({ name: NAMES[index % NAMES.length] ?? '', bytes: hostileText(text), wanted: 'either' })
  })
  for (const [name, bytes] of Object.entries(wrongLengths())) files.push({ name, bytes, wanted: 'either' })
  const odd = join(process.env.SAMPLES_DIR ?? '', 'odd')
  if (process.env.SAMPLES_DIR)
    for (const name of readdirSync(odd)) files.push({ name, bytes: readFileSync(join(odd, name)), wanted: 'either' })
  return files
}
