import type { Encoding } from '../part10/encoding.ts'

/** Writes the few kinds of elements that N-services carry, sequences with explicit lengths included (PS3.5 7). */
export class ElementWriter {
  private readonly encoding: Encoding
  private readonly parts: Uint8Array[] = []

  constructor(encoding: Encoding) {
    this.encoding = encoding
  }

  uid(tag: number, value: string): void {
    const bytes = Buffer.alloc(value.length + (value.length % 2))
    bytes.write(value, 'latin1')
    this.element(tag, 'UI', bytes)
  }

  unsignedShort(tag: number, value: number): void {
    const bytes = Buffer.alloc(2)
    if (this.encoding.bigEndian) bytes.writeUInt16BE(value)
    else bytes.writeUInt16LE(value)
    this.element(tag, 'US', bytes)
  }

  sequence<Item>(tag: number, items: readonly Item[], write: (writer: ElementWriter, item: Item) => void): void {
    const parts = items.flatMap((item) => {
      const writer = new ElementWriter(this.encoding)
      write(writer, item)
      const bytes = writer.bytes()
      return [this.tagAndLength(0xfffe_e000, bytes.length), bytes]
    })
    this.element(tag, 'SQ', Buffer.concat(parts))
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts)
  }

  private element(tag: number, vr: 'UI' | 'US' | 'SQ', value: Uint8Array): void {
    this.parts.push(
      this.encoding.explicit ? this.explicitHeader(tag, vr, value.length) : this.tagAndLength(tag, value.length),
    )
    this.parts.push(value)
  }

  private explicitHeader(tag: number, vr: 'UI' | 'US' | 'SQ', length: number): Buffer {
    const header = Buffer.alloc(vr === 'SQ' ? 12 : 8)
    this.writeTag(header, tag)
    header.write(vr, 4, 'latin1')
    const { bigEndian } = this.encoding
    if (vr === 'SQ') bigEndian ? header.writeUInt32BE(length, 8) : header.writeUInt32LE(length, 8)
    else bigEndian ? header.writeUInt16BE(length, 6) : header.writeUInt16LE(length, 6)
    return header
  }

  /** Implicit VR, and items in any encoding. */
  private tagAndLength(tag: number, length: number): Buffer {
    const header = Buffer.alloc(8)
    this.writeTag(header, tag)
    if (this.encoding.bigEndian) header.writeUInt32BE(length, 4)
    else header.writeUInt32LE(length, 4)
    return header
  }

  private writeTag(header: Buffer, tag: number): void {
    const { bigEndian } = this.encoding
    for (const [at, part] of [tag >>> 16, tag & 0xffff].entries()) {
      if (bigEndian) header.writeUInt16BE(part, at * 2)
      else header.writeUInt16LE(part, at * 2)
    }
  }
}
