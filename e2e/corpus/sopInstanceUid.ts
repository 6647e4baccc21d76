import { readFileSync } from 'node:fs'

const HEAD_BYTES = 1 << 18
/** What is no UID (letters in it) is as good as none. */
const UID = /^[0-9.]+(?![^\0 ])/

/** Where (0008,0018) stands, little and big endian; its value begins after VR and length. */
const TAGS = [Buffer.from([0x08, 0x00, 0x18, 0x00]), Buffer.from([0x00, 0x08, 0x00, 0x18])]
const MEDIA_STORAGE_TAG = Buffer.from([0x02, 0x00, 0x03, 0x00])
const DEFLATED = '1.2.840.10008.1.2.1.99'

/**
 * The SOP Instance UID of a data set, found without parsing: files that no parser reads are among the samples. A
 * deflated data set hides it: there the file meta information's copy counts.
 */
export function sopInstanceUidIn(file: string, transferSyntaxUID: string): string | undefined {
  const bytes = readFileSync(file).subarray(0, HEAD_BYTES)
  for (const tag of transferSyntaxUID === DEFLATED ? [MEDIA_STORAGE_TAG] : TAGS) {
    const at = bytes.indexOf(tag)
    const uid = at < 0 ? undefined : UID.exec(bytes.toString('latin1', at + 8, at + 72))?.[0]
    if (uid) return uid
  }
  return undefined
}
