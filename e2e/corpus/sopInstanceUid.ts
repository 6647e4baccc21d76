import { readFileSync } from 'node:fs'

const HEAD_BYTES = 1 << 18
const UID = /^[0-9.]+/

/** Where (0008,0018) stands, little and big endian; its value begins after VR and length. */
const TAGS = [Buffer.from([0x08, 0x00, 0x18, 0x00]), Buffer.from([0x00, 0x08, 0x00, 0x18])]
const MEDIA_STORAGE_TAG = Buffer.from([0x02, 0x00, 0x03, 0x00])

/**
 * The SOP Instance UID of a file, found without parsing: files that no parser reads are among the samples. Where the
 * data set hides it (deflated), the file meta information's copy.
 */
export function sopInstanceUidIn(file: string): string | undefined {
  const bytes = readFileSync(file).subarray(0, HEAD_BYTES)
  for (const tag of [...TAGS, MEDIA_STORAGE_TAG]) {
    const at = bytes.indexOf(tag)
    const uid = at < 0 ? undefined : UID.exec(bytes.toString('latin1', at + 8, at + 72))?.[0]
    if (uid) return uid
  }
  return undefined
}
