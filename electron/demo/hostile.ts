import { constants, createDeflateRaw } from 'node:zlib'
import { SECONDARY_CAPTURE_IMAGE } from '#shared/dicom/sopClass.ts'
import { DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { newUID } from '#shared/dicom/uid.ts'
import type { DataSet } from './dataSet.ts'
import { joined, writeDataSet } from './writeDataSet.ts'
import { writePart10 } from './writePart10.ts'

const LITTLE = { explicit: true, littleEndian: true }

/** A small image in order, to be spoilt by the others. */
export function plainImage(differs: DataSet = {}): DataSet {
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: SECONDARY_CAPTURE_IMAGE,
    SOPInstanceUID: newUID(),
    StudyInstanceUID: newUID(),
    SeriesInstanceUID: newUID(),
    StudyDate: '20260102',
    StudyTime: '101500',
    Modality: 'OT',
    PatientName: 'Test^Plain',
    PatientID: 'TEST-1',
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: 8,
    Columns: 8,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    PixelData: Uint8Array.from({ length: 64 }, (_, index) => index * 4),
    ...differs,
  }
}

/**
 * Inflates to `inflatedBytes` of private data ahead of the pixels, written in about a thousandth of it. Never held in memory
 * at once: the stream is made of one compressed megabyte, repeated.
 */
export async function deflateBomb(inflatedBytes = 1024 ** 3): Promise<Uint8Array<ArrayBuffer>> {
  const length = inflatedBytes - (inflatedBytes % 2)
  const head = writeDataSet(
    {
      ...plainImage({ PixelData: Uint8Array.of() }),
      '00090010': 'BOMB',
      '00091001': { vr: 'UN', value: null, declaredLength: length },
    },
    LITTLE,
  )
  const upTo = head.length - 12
  const deflate = createDeflateRaw({ level: 9, flush: constants.Z_NO_FLUSH })
  const chunks: Uint8Array[] = []
  deflate.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => deflate.on('end', resolve).on('error', reject))
  const megabyte = new Uint8Array(1024 ** 2)
  const put = (bytes: Uint8Array) =>
    new Promise<void>((resolve) => void (deflate.write(bytes) ? resolve() : deflate.once('drain', resolve)))
  const private1001 = indexOfTag(head, 0x0009, 0x1001)
  await put(head.subarray(0, private1001 + 12))
  for (let left = length; left > 0; left -= megabyte.length)
    await put(megabyte.subarray(0, Math.min(left, megabyte.length)))
  await put(head.subarray(private1001 + 12, upTo))
  deflate.end()
  await ended
  return writePart10({
    transferSyntaxUID: DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
    dataSet: plainImage(),
    dataSetBytes: joined(chunks),
  })
}

/** Sequences of undefined length, one in the other; the delimiters at the end are left out when `unterminated`. */
export function nestedSequences(depth = 20_000, unterminated = false): Uint8Array<ArrayBuffer> {
  const sequence = Uint8Array.of(0x40, 0x00, 0x30, 0xa7, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff)
  const item = Uint8Array.of(0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff)
  const ends = Uint8Array.of(0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0)
  const image = plainImage()
  const before = Object.fromEntries(Object.entries(image).filter(([name]) => name !== 'PixelData'))
  const head = writeDataSet(before, LITTLE)
  const opened = Array.from({ length: depth }, () => [sequence, item]).flat()
  const closed = unterminated ? [] : Array.from({ length: depth }, () => ends)
  const pixels = writeDataSet({ BitsAllocated: 8, PixelData: image.PixelData ?? null }, LITTLE)
  return writePart10({ dataSet: image, dataSetBytes: joined([head, ...opened, ...closed, pixels.subarray(10)]) })
}

export const HOSTILE_UIDS: readonly string[] = [
  '../../x',
  '..\\..\\x',
  '/etc/passwd',
  'C:\\Windows\\x',
  '1.2.3/../../x',
  '1.2.3\u0000.4',
  '1.2.3\n4',
  '1.2.03',
  '.',
  '..',
  '',
  'con',
  `1.${'2'.repeat(200)}`,
  "1.2'; DROP TABLE instances; --",
  '<img src=x onerror=alert(1)>',
]

/** A file whose SOP Instance UID is none; `everywhere` puts it in study and series as well. */
export function hostileUID(uid: string, everywhere = false): Uint8Array<ArrayBuffer> {
  const others = everywhere ? { StudyInstanceUID: uid, SeriesInstanceUID: uid } : {}
  return writePart10({ dataSet: plainImage({ SOPInstanceUID: uid, ...others }) })
}

export const HOSTILE_TEXTS: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '#{7*7}{{7*7}}',
  "Robert'); DROP TABLE studies;--",
  '\u202Eevil^Reversed',
  'Bell\u0007^Nul\u0000Tab\t',
  '\r\nSet-Cookie: x=1',
  '../../../../etc/passwd',
  'e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301^Zalgo',
  '%s%n%x',
]

/** Text of a name, of descriptions and of an ID that is meant for somebody else's parser. */
export function hostileText(text: string): Uint8Array<ArrayBuffer> {
  return writePart10({
    dataSet: plainImage({
      PatientName: text,
      PatientID: { vr: 'LO', value: new TextEncoder().encode(text) },
      StudyDescription: text,
      SeriesDescription: text,
      InstitutionName: text,
    }),
  })
}

/** A name of a megabyte: PN goes as UT there, since its own length field has 16 bits. */
export function overlongValues(): Uint8Array<ArrayBuffer> {
  return writePart10({
    dataSet: plainImage({
      PatientName: { vr: 'UT', value: 'N'.repeat(1024 ** 2) },
      StudyDescription: 'D'.repeat(65_534),
      AccessionNumber: '9'.repeat(2000),
      StudyDate: '2026010220260102',
      Rows: [8, 8, 8, 8],
    }),
  })
}

/** Lengths that are odd, or say more than there is. */
export function wrongLengths(): Record<string, Uint8Array<ArrayBuffer>> {
  const spoil = (differs: DataSet) => writePart10({ dataSet: plainImage(differs) })
  const bytes = new TextEncoder().encode('odd')
  return {
    oddLength: spoil({ StudyDescription: { vr: 'LO', value: bytes, unpadded: true } }),
    beyondTheEnd: spoil({ PixelData: { vr: 'OB', value: new Uint8Array(64), declaredLength: 0x7fffffff } }),
    elementBeyondTheEnd: spoil({ StudyDescription: { vr: 'LO', value: bytes, declaredLength: 0xfffe } }),
    sequenceBeyondTheEnd: spoil({ ReferencedImageSequence: { vr: 'SQ', value: [{}], declaredLength: 0x7ffffff0 } }),
    undefinedText: spoil({ StudyDescription: { vr: 'UT', value: bytes, declaredLength: 0xffffffff } }),
    tooFewPixels: spoil({ Rows: 4000, Columns: 4000 }),
    noPixelsAtAll: spoil({ PixelData: new Uint8Array(0) }),
    cutInHalf: writePart10({ dataSet: plainImage() }).slice(0, 400),
    metaOnly: writePart10({
      transferSyntaxUID: EXPLICIT_VR_LITTLE_ENDIAN,
      dataSet: {},
      dataSetBytes: new Uint8Array(0),
    }),
  }
}

function indexOfTag(bytes: Uint8Array, group: number, element: number): number {
  for (let at = 0; at + 4 <= bytes.length; at += 2)
    if (
      (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256 === group &&
      (bytes[at + 2] ?? 0) + (bytes[at + 3] ?? 0) * 256 === element
    )
      return at
  return bytes.length
}
