/** An element of a data set that DCMTK or GDCM wrote as Explicit VR Little Endian. */
export interface Element {
  vr: string
  bytes: Buffer
  items: ExplicitDataSet[]
}

const LONG_VRS = new Set(['OB', 'OW', 'OD', 'OF', 'OL', 'OV', 'SQ', 'UC', 'UN', 'UR', 'UT', 'SV', 'UV'])
const UNDEFINED = 0xffffffff
const ITEM = 0xfffee000
const ITEM_END = 0xfffee00d
const SEQUENCE_END = 0xfffee0dd

/**
 * The little that the corpus test must know of a file, read by code of its own: the product's parser cannot be its own
 * witness. Only for the output of dcmconv and the like, which is well formed.
 */
export class ExplicitDataSet {
  private readonly elements = new Map<number, Element>()

  /** Reads from `offset` to `end` or to an item's end; `offset` afterwards is in `endedAt`. */
  static read(bytes: Buffer, offset: number, end: number): { dataSet: ExplicitDataSet; endedAt: number } {
    const dataSet = new ExplicitDataSet()
    let at = offset
    while (at + 8 <= end) {
      const tag = bytes.readUInt16LE(at) * 0x10000 + bytes.readUInt16LE(at + 2)
      if (tag === ITEM_END) return { dataSet, endedAt: at + 8 }
      const vr = bytes.toString('latin1', at + 4, at + 6)
      const isLong = LONG_VRS.has(vr)
      const length = isLong ? bytes.readUInt32LE(at + 8) : bytes.readUInt16LE(at + 6)
      const start = at + (isLong ? 12 : 8)
      if (vr === 'SQ' || length === UNDEFINED) {
        const { items, endedAt } = readItems(bytes, start, length === UNDEFINED ? end : start + length)
        dataSet.elements.set(tag, { vr, bytes: Buffer.alloc(0), items })
        at = endedAt
      } else {
        dataSet.elements.set(tag, { vr, bytes: bytes.subarray(start, start + length), items: [] })
        at = start + length
      }
    }
    return { dataSet, endedAt: at }
  }

  get(tag: number): Element | undefined {
    return this.elements.get(tag)
  }

  text(tag: number): string {
    return (this.elements.get(tag)?.bytes.toString('latin1') ?? '').replace(/[\0 ]+$/, '').trim()
  }

  /** First value of US, SS, IS or DS. */
  number(tag: number): number | undefined {
    const element = this.elements.get(tag)
    if (!element || element.bytes.length === 0) return undefined
    if (element.vr === 'US') return element.bytes.readUInt16LE()
    if (element.vr === 'SS') return element.bytes.readInt16LE()
    const value = Number.parseFloat(this.text(tag))
    return Number.isNaN(value) ? undefined : value
  }

  items(tag: number): ExplicitDataSet[] {
    return this.elements.get(tag)?.items ?? []
  }
}

function readItems(bytes: Buffer, start: number, end: number): { items: ExplicitDataSet[]; endedAt: number } {
  const items: ExplicitDataSet[] = []
  let at = start
  while (at + 8 <= end) {
    const tag = bytes.readUInt16LE(at) * 0x10000 + bytes.readUInt16LE(at + 2)
    const length = bytes.readUInt32LE(at + 4)
    if (tag === SEQUENCE_END) return { items, endedAt: at + 8 }
    if (tag !== ITEM) throw new Error(`No item at ${at}`)
    const itemEnd = length === UNDEFINED ? end : at + 8 + length
    const { dataSet, endedAt } = ExplicitDataSet.read(bytes, at + 8, itemEnd)
    items.push(dataSet)
    at = length === UNDEFINED ? endedAt : itemEnd
  }
  return { items, endedAt: at }
}
