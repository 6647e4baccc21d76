import type { ByteArrayParser, DataSet, Element } from 'dicom-parser'
import dicomParser from 'dicom-parser'
import { type Encoding, isKnownVr, longVr, looksLikeVr, shortVr } from './encoding.ts'
import { Part10Error } from './part10Error.ts'

const UNDEFINED_LENGTH = 0xffffffff
const ITEM = 0xfffee000
const ITEM_DELIMITATION = 0xfffee00d
const SEQUENCE_DELIMITATION = 0xfffee0dd
/** Deeper than any real object; the standard's own deepest content trees stay below 20. */
const MAXIMUM_DEPTH = 128
/** Elements and items together. Large segmentations have hundreds of thousands. */
const MAXIMUM_ELEMENTS = 2_000_000
/** Of one data set or item: PS3.6 as a whole has about 5,000. */
const MAXIMUM_ELEMENTS_AT_ONE_LEVEL = 50_000

const pixelKeywords = new Map<number, PixelKeyword>([
  [0x7fe00008, 'FloatPixelData'],
  [0x7fe00009, 'DoubleFloatPixelData'],
  [0x7fe00010, 'PixelData'],
])
type PixelKeyword = 'PixelData' | 'FloatPixelData' | 'DoubleFloatPixelData'

export interface PixelDataElement {
  offset: number
  length: number | undefined
  encapsulated: boolean
  keyword: PixelKeyword
  /** As written; undefined in implicit VR, where it is OW (PS3.5 A.1). */
  vr: string | undefined
}

export interface ParsedDataSet {
  dataSet: DataSet
  pixelData: PixelDataElement | undefined
  complete: boolean
  /** Where reading stopped. */
  end: number
  /**
   * Goes on where reading stopped, with more of the same bytes: a header that comes in pieces is read once. What was
   * returned before must not be used any more. `end` as in ParseBounds, when it is known by now.
   */
  readOn(bytes: Uint8Array, end: number | undefined): ParsedDataSet
}

export interface ParseBounds {
  start: number
  /** Where the data ends in full, beyond `bytes` when those are only its beginning; undefined when not known. */
  end: number | undefined
  /** Stop before the first element outside this group (file meta information, PS3.10 7.1). */
  onlyGroup?: number
  /** Elements and items; refused as `unsupported` beyond. */
  maximumElements?: number | undefined
}

const tagKeys = new Map<number, string>()

function tagKey(tag: number): string {
  const known = tagKeys.get(tag)
  if (known !== undefined) return known
  const key = `x${tag.toString(16).padStart(8, '0')}`
  // Hostile files invent tags; the table only has to hold the usual ones.
  if (tagKeys.size < 8192) tagKeys.set(tag, key)
  return key
}

interface Level {
  elements: Record<string, Element>
  count: number
  /** The sequence whose items come next; undefined inside a data set or item. */
  sequence: Element | undefined
  end: number
  explicit: boolean
  /** Ends at a delimitation item instead of `end`. */
  delimited: boolean
}

const malformed = () => new Part10Error('hostile', 'The file is damaged: its data elements do not fit into each other.')

/**
 * Reads a data set up to its pixel data into dicom-parser's DataSet, without recursion: dicom-parser's own readers
 * recurse into sequences (20,000 nested ones overflow the stack) and step past the end on hostile lengths.
 */
export function parseDataSet(bytes: Uint8Array, encoding: Encoding, bounds: ParseBounds): ParsedDataSet {
  const reading = readDataSet(bytes, encoding, bounds)
  const step = (more: Uint8Array, end: number | undefined): ParsedDataSet => {
    const { value } = reading.next({ bytes: more, end })
    return { ...value, readOn: step }
  }
  return step(bytes, bounds.end)
}

type Progress = Omit<ParsedDataSet, 'readOn'>

/** Yields where `bytes` end before the header does. */
function* readDataSet(
  first: Uint8Array,
  encoding: Encoding,
  bounds: ParseBounds,
): Generator<Progress, Progress, { bytes: Uint8Array; end: number | undefined }> {
  let bytes = first
  let view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = !encoding.bigEndian
  let available = bytes.length
  let fullEnd = bounds.end ?? Number.POSITIVE_INFINITY
  const top = createDataSet(bytes, encoding.bigEndian)
  const made = [top]
  const maximum = bounds.maximumElements ?? MAXIMUM_ELEMENTS
  const levels: Level[] = []
  let level: Level = {
    elements: top.elements,
    count: 0,
    sequence: undefined,
    end: fullEnd,
    explicit: encoding.explicit,
    delimited: false,
  }
  let position = bounds.start
  let count = 0
  let pixelData: PixelDataElement | undefined

  /** Sequences that are still open end here for the time being. */
  const stop = (complete: boolean): Progress => {
    for (const { sequence } of [...levels, level]) {
      if (sequence !== undefined) sequence.length = Math.max(0, position - sequence.dataOffset)
    }
    return { dataSet: top, pixelData, complete, end: Math.min(position, available) }
  }
  /** False when what was read so far does not fit into the end that is known now. */
  const take = ({ bytes: more, end = fullEnd }: { bytes: Uint8Array; end: number | undefined }): boolean => {
    bytes = more
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    available = bytes.length
    for (const dataSet of made) dataSet.byteArray = bytes
    for (const open of [...levels, level]) if (open.end === fullEnd) open.end = end
    fullEnd = end
    return position <= end && [...levels, level].every((open) => open.end <= end)
  }
  const again = () => readDataSet(bytes, encoding, { ...bounds, end: fullEnd })
  const countOne = () => {
    if (++count <= maximum) return
    if (maximum < MAXIMUM_ELEMENTS)
      throw new Part10Error('unsupported', `The header holds more than ${maximum} data elements.`)
    throw new Part10Error('hostile', 'The file holds more data elements than any image.')
  }
  const push = (next: Level) => {
    if (levels.length >= MAXIMUM_DEPTH) {
      throw new Part10Error('hostile', `The file nests sequences more than ${MAXIMUM_DEPTH} deep.`)
    }
    levels.push(level)
    level = next
  }
  const pop = () => {
    if (level.sequence !== undefined) level.sequence.length = position - level.sequence.dataOffset
    level = levels.pop() as Level
  }
  /** A defined-length sequence whose content makes no sense: step over it and keep it as bytes. */
  const skipBadSequence = (): boolean => {
    while (levels.length > 0) {
      const { sequence, delimited, end } = level
      if (sequence !== undefined && !delimited) {
        delete sequence.items
        position = end
        sequence.length = end - sequence.dataOffset
        level = levels.pop() as Level
        return true
      }
      level = levels.pop() as Level
    }
    return false
  }

  for (;;) {
    if (position >= level.end && !level.delimited) {
      if (levels.length === 0) return stop(true)
      pop()
      continue
    }
    if (position + 8 > available) {
      if (position + 8 <= fullEnd) {
        if (!take(yield stop(false))) return yield* again()
        continue
      }
      // Some writers pad the end of a file with zeros; anything else there is the beginning of a lost element.
      if (levels.length === 0 && bytes.subarray(position).every((byte) => byte === 0)) return stop(true)
      if (skipBadSequence()) continue
      throw truncated()
    }
    const group = view.getUint16(position, little)
    const tag = group * 0x10000 + view.getUint16(position + 2, little)

    if (level.sequence !== undefined) {
      const length = view.getUint32(position + 4, little)
      if (tag === SEQUENCE_DELIMITATION) {
        position += 8
        pop()
        continue
      }
      const itemEnd = length === UNDEFINED_LENGTH ? level.end : position + 8 + length
      if (tag !== ITEM || itemEnd > level.end) {
        if (skipBadSequence()) continue
        throw malformed()
      }
      countOne()
      position += 8
      const item = createDataSet(bytes, encoding.bigEndian)
      made.push(item)
      const element: Element = { tag: 'xfffee000', length, dataOffset: position, dataSet: item }
      level.sequence.items?.push(element)
      push({
        elements: item.elements,
        count: 0,
        sequence: undefined,
        end: itemEnd,
        explicit: level.explicit,
        delimited: length === UNDEFINED_LENGTH,
      })
      continue
    }

    if (tag === ITEM_DELIMITATION && levels.length > 0) {
      position += 8
      pop()
      continue
    }
    if (group === 0xfffe) {
      if (tag === SEQUENCE_DELIMITATION && levels.length > 0 && !level.delimited) {
        // Some writers close a sequence without closing its last item.
        pop()
        continue
      }
      if (skipBadSequence()) continue
      throw malformed()
    }
    if (bounds.onlyGroup !== undefined && levels.length === 0 && group !== bounds.onlyGroup) return stop(true)
    countOne()
    if (++level.count > MAXIMUM_ELEMENTS_AT_ONE_LEVEL)
      throw new Part10Error('hostile', 'The file holds more data elements than any image.')

    let vr: string | undefined
    let length: number
    let header = 8
    if (level.explicit) {
      const vrCode = view.getUint16(position + 4, false)
      vr = shortVr(vrCode)
      if (vr !== undefined) {
        length = view.getUint16(position + 6, little)
      } else if (looksLikeVr(vrCode)) {
        vr = longVr(vrCode) ?? 'UN'
        if (position + 12 > available) {
          if (position + 12 > fullEnd) throw truncated()
          if (!take(yield stop(false))) return yield* again()
          continue
        }
        length = view.getUint32(position + 8, little)
        header = 12
      } else {
        // Not a VR: an element written implicitly inside an explicit data set, as some gateways do.
        length = view.getUint32(position + 4, little)
      }
    } else {
      length = view.getUint32(position + 4, little)
      const vrCode = view.getUint16(position + 4, false)
      // No first element is as long as letters read as a number; further on only an impossible length tells.
      const impossible = position === bounds.start || (length !== UNDEFINED_LENGTH && position + 8 + length > level.end)
      if (impossible && isKnownVr(vrCode)) {
        // Declared implicit, written explicit.
        level.explicit = true
        continue
      }
    }
    const dataOffset = position + header
    const keyword = levels.length === 0 && group === 0x7fe0 ? pixelKeywords.get(tag) : undefined
    if (keyword !== undefined) {
      const encapsulated = length === UNDEFINED_LENGTH
      pixelData = { offset: dataOffset, length: encapsulated ? undefined : length, encapsulated, keyword, vr }
      position = dataOffset
      return stop(true)
    }
    const element: Element = { tag: tagKey(tag), length, dataOffset }
    if (vr !== undefined) element.vr = vr
    level.elements[element.tag] = element

    if (length === UNDEFINED_LENGTH) {
      element.hadUndefinedLength = true
      position = dataOffset
      if (vr === 'OB' || vr === 'OW') {
        const end = endOfFragments(view, position, little, available)
        if (end === undefined) {
          if (available >= fullEnd) throw truncated()
          position -= header
          if (!take(yield stop(false))) return yield* again()
          continue
        }
        element.length = end - dataOffset
        position = end
        continue
      }
      element.items = []
      // UN with undefined length is an implicit, little endian sequence (PS3.5 6.2.2 note 4).
      const explicit = vr !== undefined && vr !== 'UN' && level.explicit
      push({ elements: {}, count: 0, sequence: element, end: level.end, explicit, delimited: true })
      continue
    }
    const end = dataOffset + length
    if (end > level.end) {
      if (levels.length === 0) {
        delete level.elements[element.tag]
        throw truncated()
      }
      if (skipBadSequence()) continue
      throw malformed()
    }
    if (vr === undefined && length >= 8 && dataOffset + 8 > available) {
      // Whether this is a sequence stands in its first bytes.
      if (!take(yield stop(false))) return yield* again()
      continue
    }
    if (vr === 'SQ' || (vr === undefined && beginsWithItem(view, dataOffset, length, little))) {
      if (length > 0) {
        element.items = []
        position = dataOffset
        push({
          elements: {},
          count: 0,
          sequence: element,
          end,
          explicit: vr === 'SQ' && level.explicit,
          delimited: false,
        })
        continue
      }
      element.items = []
    }
    position = end
    if (end > available && levels.length === 0 && end >= fullEnd) return stop(true)
  }
}

/** Implicit VR: a value that starts with an item that fits is a sequence, whatever a dictionary says. */
function beginsWithItem(view: DataView, offset: number, length: number, little: boolean): boolean {
  if (length < 8) return false
  if (view.getUint16(offset, little) !== 0xfffe || view.getUint16(offset + 2, little) !== 0xe000) return false
  const itemLength = view.getUint32(offset + 4, little)
  return itemLength === UNDEFINED_LENGTH || itemLength + 8 <= length
}

/** Where encapsulated pixel data inside an item (an icon) ends; undefined when these bytes do not reach its end. */
function endOfFragments(view: DataView, start: number, little: boolean, available: number): number | undefined {
  let position = start
  while (position + 8 <= available) {
    const tag = view.getUint16(position, little) * 0x10000 + view.getUint16(position + 2, little)
    const length = view.getUint32(position + 4, little)
    position += 8
    if (tag === SEQUENCE_DELIMITATION) return position
    if (tag !== ITEM || length === UNDEFINED_LENGTH) throw malformed()
    position += length
  }
  return undefined
}

const truncated = () =>
  new Part10Error('truncated', 'The file is cut off: a data element claims more bytes than the file holds.')

type DataSetConstructor = new (parser: ByteArrayParser, bytes: Uint8Array, elements: Record<string, Element>) => DataSet
// dicom-parser exports the class; its types only know the interface.
const { DataSet: DicomDataSet } = dicomParser as unknown as { DataSet: DataSetConstructor }

function createDataSet(bytes: Uint8Array, bigEndian: boolean): DataSet {
  const parser = bigEndian ? dicomParser.bigEndianByteArrayParser : dicomParser.littleEndianByteArrayParser
  return new DicomDataSet(parser, bytes, {})
}
