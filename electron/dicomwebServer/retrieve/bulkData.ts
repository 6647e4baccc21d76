import type { DataSet, Element } from 'dicom-parser'
import { encodingOf } from '#electron/dicom/part10/encoding.ts'
import { readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import { littleEndian } from '#electron/dicomJson/encodeDataSet.ts'
import { valueRepresentationsOf } from '#shared/dicom/tag.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { acceptedTypes } from '../http/accept.ts'
import type { Answer, Asked } from '../http/answer.ts'
import type { Target } from '../http/route.ts'
import { notAcceptable, WebRefusal } from '../http/webRefusal.ts'
import type { Frames } from './frames.ts'
import { multipartAnswer } from './multipartWriter.ts'
import { OCTETS } from './pixelTypes.ts'
import { type RetrieveArchive, theInstance } from './selectInstances.ts'

const PIXEL_DATA = /^7FE0000[89]$|^7FE00010$/i

/** What a BulkDataURI of our metadata leads to (PS3.18 10.4.1.1.4). Pixel data is given frame by frame. */
export async function retrieveBulkData(
  { archive, frames }: { archive: RetrieveArchive; frames: Frames },
  asked: Asked,
  target: Target,
  path: readonly string[],
): Promise<Answer> {
  if (path.length === 1 && PIXEL_DATA.test(path[0] ?? '')) return frames.retrieve(asked, target, [])
  const range = acceptedTypes(asked.accept).find(
    ({ type, inner }) =>
      ['*/*', 'multipart/*', OCTETS, 'application/*'].includes(type) ||
      (type === 'multipart/related' && ['', '*/*', OCTETS].includes(inner)),
  )
  if (!range) throw notAcceptable(`Bulk data is given as ${OCTETS}.`)
  const stored = await theInstance(archive, target, asked.signal)
  const header = readHeaderFromFile(stored.path)
  const found = elementAt(header.dataSet, path)
  if (!found) throw new WebRefusal(404, 'There is no such bulk data. Its addresses stand in the metadata.')
  const bytes = bytesAt(found.scope, found.element, encodingOf(header.transferSyntaxUID).bigEndian)
  const contentType = `${OCTETS}; transfer-syntax=${EXPLICIT_VR_LITTLE_ENDIAN}`
  if (range.type === OCTETS) return { status: 200, headers: { 'content-type': OCTETS }, body: bytes }
  const part = { contentType, location: `${asked.base}${locationOf(target, path)}`, body: bytes }
  return multipartAnswer(
    OCTETS,
    (async function* () {
      yield part
    })(),
  )
}

function locationOf({ study, series, instance }: Target, path: readonly string[]): string {
  return `/studies/${study}/series/${series}/instances/${instance}/bulkdata/${path.join('/')}`
}

function elementAt(dataSet: DataSet, path: readonly string[]): { scope: DataSet; element: Element } | undefined {
  let scope = dataSet
  for (let at = 0; at + 2 < path.length; at += 2) {
    const inner = scope.elements[keyOf(path[at])]?.items?.[Number(path[at + 1])]?.dataSet
    if (!inner) return undefined
    scope = inner
  }
  const element = scope.elements[keyOf(path.at(-1))]
  return element && !element.items ? { scope, element } : undefined
}

const keyOf = (tag = ''): string => `x${tag.toLowerCase()}`

function bytesAt(scope: DataSet, element: Element, bigEndian: boolean): Uint8Array {
  const { dataOffset, length, hadUndefinedLength, vr, tag } = element
  const bytes = Buffer.from(scope.byteArray.subarray(dataOffset, dataOffset + length))
  if (hadUndefinedLength) return fragmentsOf(bytes)
  return littleEndian(bytes, vr ?? valueRepresentationsOf(tag.slice(1))[0] ?? 'UN', bigEndian)
}

/** Of a compressed icon: its fragments without their headers and without the offset table (PS3.5 A.4). */
function fragmentsOf(bytes: Buffer): Uint8Array {
  const fragments: Buffer[] = []
  for (let at = 0; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4)
    if (bytes.readUInt32LE(at) !== ITEM) break
    fragments.push(bytes.subarray(at + 8, at + 8 + length))
    at += 8 + length
  }
  return Buffer.concat(fragments.slice(1))
}

const ITEM = 0xe000fffe
