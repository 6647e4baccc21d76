import { readFileSync } from 'node:fs'

const HEAD_BYTES = 1 << 18
/** What is no UID (letters in it) is as good as none. */
const UID = /^[0-9.]{1,64}$/

/** (0008,0018) in little and big endian. */
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
    if (at < 0 || at + 8 > bytes.length) continue
    // Explicit VR: two letters and 16 bits of length (PS3.5 7.1.2), else 32 bits (7.1.3).
    const isExplicit = bytes.toString('latin1', at + 4, at + 6) === 'UI'
    const isBig = tag === TAGS[1]
    const view = new DataView(bytes.buffer, bytes.byteOffset + at)
    const length = isExplicit ? view.getUint16(6, !isBig) : view.getUint32(4, !isBig)
    const uid = bytes.toString('latin1', at + 8, at + 8 + Math.min(length, 66)).replace(/[\0 ]+$/, '')
    if (UID.test(uid)) return uid
  }
  return undefined
}
