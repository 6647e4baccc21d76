import { type FileHandle, open } from 'node:fs/promises'
import type { DataSet, Element } from 'dicom-parser'
import { encodingOf } from '#electron/dicom/part10/encoding.ts'
import { parseDataSet } from '#electron/dicom/part10/parseDataSet.ts'
import { type Part10Header, readHeader } from '#electron/dicom/part10/readHeader.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'

const native = new Set([IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN])

/** More in front of the pixel data, or behind it, is not looked at: the writer waits meanwhile. */
const MAXIMUM_ELEMENTS_BYTES = 1 << 20
/** A multiple of every VR's width. */
const CHUNK_BYTES = 4 << 20

interface NativeFile {
  handle: FileHandle
  fileBytes: number
  header: Part10Header
  isBigEndian: boolean
}

/**
 * Do two files hold the same data set, written in native transfer syntaxes (PS3.5 A.1 to A.3)? A CD carries in explicit
 * VR what the modality sent in implicit VR. Anything that is not plainly the same is not; nothing is thrown.
 */
export async function isSameContent(one: string, other: string): Promise<boolean> {
  const handles: FileHandle[] = []
  try {
    const files: NativeFile[] = []
    for (const path of [one, other]) {
      const handle = await open(path, 'r')
      handles.push(handle)
      const file = await openNative(handle)
      if (!file) return false
      files.push(file)
    }
    const [a, b] = files
    return a !== undefined && b !== undefined && (await isSame(a, b))
  } catch {
    return false
  } finally {
    for (const handle of handles) await handle.close()
  }
}

async function openNative(handle: FileHandle): Promise<NativeFile | undefined> {
  const fileBytes = (await handle.stat()).size
  const bytes = await read(handle, 0, Math.min(fileBytes, MAXIMUM_ELEMENTS_BYTES))
  const header = readHeader(bytes, { fileBytes })
  if (!header.complete || !native.has(header.transferSyntaxUID)) return undefined
  return { handle, fileBytes, header, isBigEndian: header.transferSyntaxUID === EXPLICIT_VR_BIG_ENDIAN }
}

async function isSame(a: NativeFile, b: NativeFile): Promise<boolean> {
  const swap = a.isBigEndian !== b.isBigEndian
  if (!isSameDataSet(a.header.dataSet, b.header.dataSet, a.isBigEndian, swap)) return false
  const [pixelsA, pixelsB] = [a.header.pixelData, b.header.pixelData]
  if (!pixelsA || !pixelsB) return pixelsA === pixelsB
  const { length } = pixelsA
  if (length === undefined || pixelsB.length !== length || pixelsA.keyword !== pixelsB.keyword) return false
  const [endA, endB] = [pixelsA.offset + length, pixelsB.offset + length]
  const [tailA, tailB] = [await readTail(a, endA), await readTail(b, endB)]
  if (!tailA || !tailB || !isSameDataSet(tailA, tailB, a.isBigEndian, swap)) return false
  // the side in big endian is in explicit VR: only there does it matter
  const width = swap ? widthOf((a.isBigEndian ? pixelsA : pixelsB).vr) : 1
  if (width === undefined) return false
  for (let at = 0; at < length; at += CHUNK_BYTES) {
    const bytes = Math.min(CHUNK_BYTES, length - at)
    const chunk = await read(a.handle, pixelsA.offset + at, bytes)
    const other = await read(b.handle, pixelsB.offset + at, bytes)
    if (!isSameValue(chunk, other, width)) return false
  }
  return true
}

/** What stands behind the pixel data (padding, signatures). */
async function readTail({ handle, fileBytes, header }: NativeFile, start: number): Promise<DataSet | undefined> {
  const bytes = fileBytes - start
  if (bytes > MAXIMUM_ELEMENTS_BYTES) return undefined
  const tail = parseDataSet(await read(handle, start, bytes), encodingOf(header.transferSyntaxUID), {
    start: 0,
    end: bytes,
  })
  return tail.complete ? tail.dataSet : undefined
}

function isSameDataSet(a: DataSet, b: DataSet, isBigEndian: boolean, swap: boolean): boolean {
  const tags = contentTags(a)
  if (tags.length !== contentTags(b).length) return false
  return tags.every((tag) => {
    const [one, other] = [a.elements[tag], b.elements[tag]]
    if (!one || !other) return false
    if (one.length === 0 && other.length === 0) return true
    if (one.items || other.items) return isSameSequence(one, other, isBigEndian, swap)
    const width = swap ? widthOf((isBigEndian ? one : other).vr) : 1
    const [value, match] = [bytesOf(a, one), bytesOf(b, other)]
    return width !== undefined && value !== undefined && match !== undefined && isSameValue(value, match, width)
  })
}

function isSameSequence(one: Element, other: Element, isBigEndian: boolean, swap: boolean): boolean {
  // empty, in implicit VR, a sequence looks like any other element
  const items = one.items ?? (one.length === 0 ? [] : undefined)
  const others = other.items ?? (other.length === 0 ? [] : undefined)
  if (!items || !others || items.length !== others.length) return false
  return items.every(({ dataSet }, at) => {
    const match = others[at]?.dataSet
    return dataSet !== undefined && match !== undefined && isSameDataSet(dataSet, match, isBigEndian, swap)
  })
}

/** Without group lengths (retired, PS3.5 7.2) and padding (PS3.10 7.2), which say nothing. */
function contentTags({ elements }: DataSet): string[] {
  return Object.keys(elements).filter((tag) => !tag.endsWith('0000') && tag !== 'xfffcfffc')
}

/** Undefined where the value reaches beyond what was read. */
function bytesOf({ byteArray }: DataSet, { dataOffset, length }: Element): Uint8Array | undefined {
  const end = dataOffset + length
  return end <= byteArray.length ? byteArray.subarray(dataOffset, end) : undefined
}

const widths: Record<string, number> = {
  ...{ US: 2, SS: 2, OW: 2, AT: 2 },
  ...{ UL: 4, SL: 4, FL: 4, OL: 4, OF: 4 },
  ...{ FD: 8, OD: 8, SV: 8, UV: 8, OV: 8 },
}

/** Bytes that change places with the byte order (PS3.5 7.3). Undefined where nobody knows. */
function widthOf(vr: string | undefined): number | undefined {
  if (vr === undefined || vr === 'UN' || vr === 'SQ') return undefined
  return widths[vr] ?? 1
}

function isSameValue(one: Uint8Array, other: Uint8Array, width: number): boolean {
  if (one.length !== other.length || one.length % width !== 0) return false
  return Buffer.compare(width === 1 ? one : swapped(one, width), other) === 0
}

function swapped(bytes: Uint8Array, width: number): Buffer {
  const copy = Buffer.from(bytes)
  if (width === 2) return copy.swap16()
  return width === 4 ? copy.swap32() : copy.swap64()
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length)
  for (let done = 0; done < length; ) {
    const { bytesRead } = await handle.read(buffer, done, length - done, position + done)
    if (bytesRead === 0) throw new Error('The file is shorter than it was')
    done += bytesRead
  }
  return buffer
}
