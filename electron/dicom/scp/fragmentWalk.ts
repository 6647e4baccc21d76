const ITEM = 0xfffee000
const SEQUENCE_DELIMITATION = 0xfffee0dd

/**
 * Follows the fragments of encapsulated pixel data (PS3.5 A.4) while they stream past, by their headers alone, to know at
 * the end whether all that was claimed has come.
 */
export class FragmentWalk {
  private next: number
  private readonly header = Buffer.alloc(8)
  private headerFill = 0
  private delimited = false
  private lost = false

  /** `start`: position of the first item (the basic offset table). */
  constructor(start: number) {
    this.next = start
  }

  /** `bytes` begin at `position`; nothing is left out between two calls. */
  feed(bytes: Buffer, position: number): void {
    const end = position + bytes.length
    while (!this.delimited && !this.lost && this.next + this.headerFill < end) {
      const from = this.next + this.headerFill - position
      if (from < 0) {
        this.lost = true
        return
      }
      const taken = Math.min(8 - this.headerFill, bytes.length - from)
      bytes.copy(this.header, this.headerFill, from, from + taken)
      this.headerFill += taken
      if (this.headerFill < 8) return
      this.headerFill = 0
      const tag = this.header.readUInt16LE(0) * 0x10000 + this.header.readUInt16LE(2)
      if (tag === SEQUENCE_DELIMITATION) this.delimited = true
      // Bytes that are no item: odd, but that is for the decoder to say, nothing is missing.
      else if (tag !== ITEM) this.lost = true
      else this.next += 8 + this.header.readUInt32LE(4)
    }
  }

  /** A fragment claims more bytes than there are. */
  isCutOff(total: number): boolean {
    return !this.delimited && !this.lost && this.next > total
  }
}
