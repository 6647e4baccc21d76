import { createHash } from 'node:crypto'
import { headerText } from '#electron/dicom/part10/headerText.ts'
import type { Part10Header } from '#electron/dicom/part10/readHeader.ts'
import { describeImage } from '#electron/pixels/describeImage.ts'
import { isAcceptableUID } from '#shared/dicom/uid.ts'
import type { InstanceSource, NewInstance } from './archiveApi.ts'
import {
  instanceAttributes,
  patientAttributes,
  sequenceAttributes,
  seriesAttributes,
  studyAttributes,
} from './storedAttributes.ts'

/** What the file half knows of a published instance. */
export interface StoredFile {
  file: string
  bytes: number
  dataSetHash: string
}

const MAXIMUM_VALUE = 1024
const MAXIMUM_COMMENT = 10_240
const MAXIMUM_ITEMS = 64
const longValues = new Set(['ImageComments', 'PatientComments'])

const keywords = [...patientAttributes, ...studyAttributes, ...seriesAttributes, ...instanceAttributes]
/** Not among those that headers are read for by keyword. */
const tagOf: Record<string, string> = { TimeOfSecondaryCapture: 'x00181014' }

/**
 * What the index keeps of an instance, from its header. Never refuses: objects in the field lack owner, patient ID,
 * even UIDs (R154). The file keeps every byte as it came; only the index is bounded.
 */
export function indexInstance(header: Part10Header, stored: StoredFile, source: InstanceSource): NewInstance {
  const attributes: Record<string, string> = {}
  for (const keyword of keywords) {
    const value = bounded(
      header.text(tagOf[keyword] ?? keyword),
      longValues.has(keyword) ? MAXIMUM_COMMENT : MAXIMUM_VALUE,
    )
    if (value !== '') attributes[keyword] = value
  }
  for (const [keyword, sequence] of Object.entries(sequenceAttributes)) {
    const value = readSequence(header, sequence.tag, sequence.items)
    if (value !== '') attributes[keyword] = value
  }
  if (isMediaDirectory(header)) attributes.StudyDescription = 'Directory of a disc'
  const uids = identify(attributes, stored.dataSetHash)
  const image = describeImage(header)
  return {
    file: stored.file,
    bytes: stored.bytes,
    dataSetHash: stored.dataSetHash,
    transferSyntaxUID: header.transferSyntaxUID,
    attributes: { ...attributes, ...uids },
    image: { ...image, sopInstanceUID: uids.SOPInstanceUID },
    source,
  }
}

/** PS3.3 F.3: a DICOMDIR has a directory record sequence and no study of its own; its row says what it is. */
function isMediaDirectory(header: Part10Header): boolean {
  return header.dataSet.elements.x00041220 !== undefined
}

/**
 * The UIDs that an object is found by. Where one is missing or is not a UID at all (media directories, objects of old
 * devices), one is made from the data set's hash: always the same for the same object, and never shared by two patients.
 */
function identify(attributes: Record<string, string>, dataSetHash: string) {
  const given = (keyword: string, level: string) => {
    const uid = attributes[keyword] ?? ''
    return isAcceptableUID(uid) ? uid : uidOfHash(`${level} ${dataSetHash}`)
  }
  return {
    SOPInstanceUID: given('SOPInstanceUID', 'instance'),
    SeriesInstanceUID: given('SeriesInstanceUID', 'series'),
    StudyInstanceUID: given('StudyInstanceUID', 'study'),
  }
}

/** PS3.5 B.2: a UID under 2.25 of 128 bits. */
function uidOfHash(text: string): string {
  return `2.25.${BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 32)}`)}`
}

function readSequence(header: Part10Header, tag: string, items: readonly string[]): string {
  const list = (header.dataSet.elements[tag]?.items ?? []).slice(0, MAXIMUM_ITEMS).flatMap(({ dataSet }) => {
    if (!dataSet) return []
    const item: Record<string, string> = {}
    for (const keyword of items) {
      const value = bounded(headerText(header.dataSet, keyword, dataSet), MAXIMUM_VALUE)
      if (value !== '') item[keyword] = value
    }
    return Object.keys(item).length > 0 ? [item] : []
  })
  return list.length > 0 ? JSON.stringify(list) : ''
}

function bounded(value: string, length: number): string {
  if (value.length <= length) return value
  const cut = value.slice(0, length)
  // not in the middle of a surrogate pair
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut
}
