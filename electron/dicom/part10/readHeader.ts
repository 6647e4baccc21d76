import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { DataSet } from 'dicom-parser'
import { DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { encodingOf, findDataSet, guessBehindMeta } from './encoding.ts'
import { headerText } from './headerText.ts'
import { inflateHead } from './inflateHead.ts'
import { type ParsedDataSet, type PixelDataElement, parseDataSet } from './parseDataSet.ts'
import { Part10Error } from './part10Error.ts'

export { Part10Error } from './part10Error.ts'

export interface Part10Header {
  transferSyntaxUID: string
  /** Parsed up to the pixel data; of the inflated bytes when deflated. */
  dataSet: DataSet
  /** Where the data set starts in the file. */
  dataSetOffset: number
  /** Offsets count in the file; in the inflated data set when deflated. */
  pixelData: PixelDataElement | undefined
  /** The reader reached the pixel data or the end; false when `bytes` were too short a beginning of the file. */
  complete: boolean
  /** Decoded to Unicode by the data set's own Specific Character Set; '' when absent, values joined by a backslash. */
  text(keywordOrTag: string): string
  /**
   * Of an incomplete header: reads on with a longer beginning of the same file, without reading anything twice. The
   * header before must not be used any more.
   */
  readOn(bytes: Uint8Array, fileBytes?: number): Part10Header
}

export interface ReadHeaderOptions {
  /** Size of the whole file when `bytes` is only its beginning. Given, elements that reach beyond it are refused. */
  fileBytes?: number
  /** What was negotiated, for a data set without meta information. */
  transferSyntaxUID?: string
  /**
   * Data elements and items, counted together, beyond which reading ends with `unsupported`: for threads that must not
   * stand still. 200,000 take about a quarter of a second.
   */
  maximumElements?: number
}

/** An inflated data set may claim this much; beyond, and at such ratios, it is a bomb (PS3.5 A.5 sets no bound). */
const BOMB_BYTES = 256 * 1024 * 1024
const BOMB_RATIO = 200

const notDicom = () => new Part10Error('not-dicom', 'This is not a DICOM file.')

/** Where the file meta information starts (PS3.10 7.1), or undefined when there is none. */
function metaOffset(bytes: Uint8Array): number | undefined {
  // A data set without preamble may carry "DICM" at byte 128 by chance: group 0002 must follow.
  const isDicm = (at: number) =>
    bytes[at] === 0x44 && bytes[at + 1] === 0x49 && bytes[at + 2] === 0x43 && bytes[at + 3] === 0x4d
  if (isDicm(128) && bytes[132] === 2 && bytes[133] === 0) return 132
  if (isDicm(0) && bytes[4] === 2 && bytes[5] === 0) return 4
  return bytes[0] === 2 && bytes[1] === 0 ? 0 : undefined
}

function readMeta(bytes: Uint8Array, start: number, fileBytes: number | undefined): ParsedDataSet {
  const explicit = (bytes[start + 4] ?? 0) >= 0x41
  return parseDataSet(bytes, { explicit, bigEndian: false }, { start, end: fileBytes, onlyGroup: 0x0002 })
}

function readDeflated(bytes: Uint8Array, offset: number, options: ReadHeaderOptions): ParsedDataSet {
  const { fileBytes, maximumElements } = options
  const encoding = encodingOf(DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)
  let last: ParsedDataSet | undefined
  for (const head of inflateHead(bytes, offset)) {
    const end = head.whole && fileBytes !== undefined && bytes.length >= fileBytes ? head.bytes.length : undefined
    last = last?.readOn(head.bytes, end) ?? parseDataSet(head.bytes, encoding, { start: 0, end, maximumElements })
    const claimed = last.pixelData?.length ?? 0
    if (claimed > BOMB_BYTES && claimed > BOMB_RATIO * (fileBytes ?? bytes.length)) {
      throw new Part10Error('hostile', 'The file unpacks to far more than its size allows; it is refused.')
    }
    if (last.complete) return last
  }
  if (last === undefined) throw notDicom()
  return last
}

/** Refuses with Part10Error. Accepts files without preamble or meta information. */
export function readHeader(bytes: Uint8Array, options: ReadHeaderOptions = {}): Part10Header {
  const { fileBytes } = options
  if (bytes.length === 0) throw new Part10Error('truncated', 'The file is empty.')
  let dataSetOffset = 0
  let declared = ''
  const start = metaOffset(bytes)
  if (start !== undefined) {
    const meta = readMeta(bytes, start, fileBytes)
    if (!meta.complete && bytes.length < (fileBytes ?? Number.POSITIVE_INFINITY)) {
      return header(meta, '', start, afresh(options))
    }
    dataSetOffset = meta.end
    declared = (meta.dataSet.string('x00020010') ?? '').trim()
    if (bytes.length >= (fileBytes ?? bytes.length) && dataSetOffset >= bytes.length) {
      throw new Part10Error('truncated', 'The file ends before its data set begins.')
    }
  } else if (bytes.length >= 132 && isPreambleOnly(bytes)) {
    throw new Part10Error('truncated', 'The file ends before its data set begins.')
  }
  const behindMeta = start === undefined ? undefined : guessBehindMeta(bytes, dataSetOffset)
  let transferSyntaxUID = declared || (options.transferSyntaxUID ?? behindMeta)
  if (transferSyntaxUID === undefined) {
    const found = findDataSet(bytes, fileBytes ?? Number.POSITIVE_INFINITY)
    if (found === undefined) throw notDicom()
    dataSetOffset = found.offset
    transferSyntaxUID = found.uid
  }
  if (transferSyntaxUID === DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN) {
    return header(readDeflated(bytes, dataSetOffset, options), transferSyntaxUID, dataSetOffset, afresh(options))
  }
  const bounds = { start: dataSetOffset, end: fileBytes, maximumElements: options.maximumElements }
  const checked = (parsed: ParsedDataSet, end: number | undefined): Part10Header => {
    refuseCutOff(parsed, end)
    if (start === undefined && Object.keys(parsed.dataSet.elements).length === 0) throw notDicom()
    const readOn: ReadOn = (more, total = end) => checked(parsed.readOn(more, total), total)
    return header(parsed, transferSyntaxUID, dataSetOffset, readOn)
  }
  return checked(parseDataSet(bytes, encodingOf(transferSyntaxUID), bounds), fileBytes)
}

type ReadOn = Part10Header['readOn']

const afresh =
  (options: ReadHeaderOptions): ReadOn =>
  (bytes, fileBytes = options.fileBytes) =>
    readHeader(bytes, { ...options, ...(fileBytes === undefined ? {} : { fileBytes }) })

/** Throws Part10Error where the pixel data ends behind the file. */
export function refuseCutOff(
  { pixelData }: Pick<Part10Header, 'pixelData'>,
  fileBytes = Number.POSITIVE_INFINITY,
): void {
  if (pixelData?.length !== undefined && pixelData.offset + pixelData.length > fileBytes) {
    throw new Part10Error('truncated', 'The file is cut off: its pixel data claims more bytes than the file holds.')
  }
}

const isPreambleOnly = (bytes: Uint8Array) => bytes[128] === 0x44 && bytes[129] === 0x49 && bytes.length < 140

function header(parsed: ParsedDataSet, transferSyntaxUID: string, dataSetOffset: number, readOn: ReadOn): Part10Header {
  const { dataSet, pixelData, complete } = parsed
  const text = (name: string) => headerText(dataSet, name)
  return { transferSyntaxUID, dataSet, dataSetOffset, pixelData, complete, text, readOn }
}

const FIRST_READ = 256 * 1024
const MAXIMUM_HEADER = 64 * 1024 * 1024

/** Reads as much of the file as its header needs: 256 KB, growing to 64 MB. */
export function readHeaderFromFile(
  path: string,
  options: Pick<ReadHeaderOptions, 'maximumElements'> = {},
): Part10Header {
  const file = openSync(path, 'r')
  try {
    const fileBytes = fstatSync(file).size
    let bytes = Buffer.allocUnsafe(Math.min(fileBytes, FIRST_READ))
    let filled = 0
    let header: Part10Header | undefined
    for (;;) {
      while (filled < bytes.length) {
        const read = readSync(file, bytes, filled, bytes.length - filled, filled)
        if (read === 0) break
        filled += read
      }
      const head = bytes.subarray(0, filled)
      header = header?.readOn(head) ?? readHeader(head, { ...options, fileBytes })
      if (header.complete || filled >= fileBytes) return header
      if (bytes.length >= MAXIMUM_HEADER) {
        throw new Part10Error('hostile', 'The header in front of the pixel data is larger than 64 MB.')
      }
      const larger = Buffer.allocUnsafe(Math.min(fileBytes, MAXIMUM_HEADER, bytes.length * 4))
      bytes.copy(larger, 0, 0, filled)
      bytes = larger
    }
  } finally {
    closeSync(file)
  }
}
