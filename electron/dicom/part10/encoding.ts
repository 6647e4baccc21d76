import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'

/** How the elements of a data set are written (PS3.5 7.1, 7.3). */
export interface Encoding {
  explicit: boolean
  bigEndian: boolean
}

const shortForm = 'AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US'.split(' ')
const longForm = 'OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' ')

const code = (vr: string) => (vr.charCodeAt(0) << 8) | vr.charCodeAt(1)
const shortFormVr = new Map(shortForm.map((vr) => [code(vr), vr]))
const longFormVr = new Map(longForm.map((vr) => [code(vr), vr]))

/** VRs with a 16-bit length (PS3.5 table 7.1-2); every other one, future ones too, has 32 bits. */
export const shortVr = (vrCode: number) => shortFormVr.get(vrCode)
export const longVr = (vrCode: number) => longFormVr.get(vrCode)
export const isKnownVr = (vrCode: number) => shortFormVr.has(vrCode) || longFormVr.has(vrCode)

const isCapital = (byte: number) => byte >= 0x41 && byte <= 0x5a
export const looksLikeVr = (vrCode: number) => isCapital(vrCode >> 8) && isCapital(vrCode & 0xff)

/** GE private: implicit, little endian header in front of big endian pixel data. */
export const GE_PRIVATE_BIG_ENDIAN_PIXELS = '1.2.840.113619.5.2'

export function encodingOf(transferSyntaxUID: string): Encoding {
  return {
    explicit: transferSyntaxUID !== IMPLICIT_VR_LITTLE_ENDIAN && transferSyntaxUID !== GE_PRIVATE_BIG_ENDIAN_PIXELS,
    bigEndian: transferSyntaxUID === EXPLICIT_VR_BIG_ENDIAN,
  }
}

/** Groups a data set may begin with; anything else at its first byte is not DICOM. */
const firstGroups = new Set([0x0002, 0x0004, 0x0008, 0x0010, 0x0018, 0x0020, 0x0028])

/** Some exports put a stray byte or two in front of a bare data set. */
const MAXIMUM_STRAY_BYTES = 8

/** Where a data set without preamble and meta information begins: at its first byte, or behind a few stray ones. */
export function findDataSet(bytes: Uint8Array, fileBytes: number): { offset: number; uid: string } | undefined {
  for (let offset = 0; offset <= MAXIMUM_STRAY_BYTES; offset++) {
    const uid = guessTransferSyntax(bytes, offset, fileBytes)
    // Without a VR four bytes say too little to search for.
    if (uid !== undefined && (offset === 0 || uid !== IMPLICIT_VR_LITTLE_ENDIAN)) return { offset, uid }
  }
  return undefined
}

/**
 * The encoding of a data set that no meta information describes, from its first element; undefined when these bytes
 * cannot begin a data set.
 */
function guessTransferSyntax(bytes: Uint8Array, offset: number, fileBytes: number): string | undefined {
  if (bytes.length < offset + 8) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const vrCode = view.getUint16(offset + 4, false)
  const little = firstGroups.has(view.getUint16(offset, true))
  if (isKnownVr(vrCode)) {
    if (little) return EXPLICIT_VR_LITTLE_ENDIAN
    return firstGroups.has(view.getUint16(offset, false)) ? EXPLICIT_VR_BIG_ENDIAN : undefined
  }
  const length = view.getUint32(offset + 4, true)
  return little && length <= fileBytes - offset - 8 ? IMPLICIT_VR_LITTLE_ENDIAN : undefined
}

/** Behind meta information that forgot the transfer syntax, which by itself proves the file to be DICOM. */
export function guessBehindMeta(bytes: Uint8Array, offset: number): string {
  const vrCode = ((bytes[offset + 4] ?? 0) << 8) | (bytes[offset + 5] ?? 0)
  if (!isKnownVr(vrCode)) return IMPLICIT_VR_LITTLE_ENDIAN
  return bytes[offset] === 0 ? EXPLICIT_VR_BIG_ENDIAN : EXPLICIT_VR_LITTLE_ENDIAN
}
