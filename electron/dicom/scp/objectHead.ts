import { TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import { type Part10Header, readHeader, refuseCutOff } from '../part10/readHeader.ts'
import { FragmentWalk } from './fragmentWalk.ts'

/** Holds the header of nearly every image; what is held is copied once more. */
const FIRST_BYTES = 64 * 1024
/** Longer headers are read back from the file (LongHeaders), so that neither memory nor time here depend on what is sent. */
const MOST_BYTES = 1024 * 1024
/** Of a deflated object: a thousandfold of this is unpacked at most before it is left to LongHeaders. */
const DEFLATED_BYTES = 16 * 1024

const pool: Buffer[] = []
const POOLED_MAX = 8

/** The beginning of an object as it will stand in its file, held in memory for the index while the rest streams past. */
export class ObjectHead {
  private bytes: Buffer = pool.pop() ?? Buffer.allocUnsafeSlow(FIRST_BYTES)
  private fill = 0
  /** Position in the file of what comes next. */
  private position = 0
  private settled = false
  private walk: FragmentWalk | undefined
  /** Read up to the pixel data, before all had come. */
  private header: Part10Header | undefined
  private readonly deflated: boolean

  constructor(transferSyntaxUID: string) {
    this.deflated = TRANSFER_SYNTAXES.get(transferSyntaxUID)?.deflated === true
  }

  /** Throws Part10Error as soon as the header shows what cannot be kept. */
  write(chunk: Buffer): void {
    let rest = chunk
    while (!this.settled && rest.length > 0) {
      const taken = Math.min(rest.length, this.bytes.length - this.fill)
      rest.copy(this.bytes, this.fill, 0, taken)
      this.fill += taken
      this.position += taken
      rest = rest.subarray(taken)
      if (this.fill === this.bytes.length) this.settle()
    }
    if (rest.length > 0) this.walk?.feed(rest, this.position)
    this.position += rest.length
  }

  /** All has come. Undefined: the header is longer than what was held. Throws Part10Error. */
  finish(): Part10Header | undefined {
    if (this.header) {
      refuseCutOff(this.header, this.position)
      return this.header
    }
    const most = this.deflated ? Math.min(this.fill, DEFLATED_BYTES) : this.fill
    const header = readHeader(this.bytes.subarray(0, most), { fileBytes: this.position })
    if (!header.complete && most < this.position) return undefined
    if (!this.settled) this.follow(header)
    return header
  }

  /** A fragment of the pixel data claims more bytes than came. */
  get isCutOff(): boolean {
    return this.walk?.isCutOff(this.position) ?? false
  }

  /** What `finish` returned must not be used any more. */
  release(): void {
    if (this.bytes.length === FIRST_BYTES && pool.length < POOLED_MAX) pool.push(this.bytes)
    this.bytes = Buffer.alloc(0)
    this.header = undefined
    this.settled = true
  }

  private settle(): void {
    if (this.deflated) {
      this.settled = true
      return
    }
    const header = readHeader(this.bytes)
    if (header.complete) {
      if (header.pixelData) this.header = header
      this.follow(header)
      this.settled = true
    } else if (this.bytes.length < MOST_BYTES) {
      const larger = Buffer.allocUnsafeSlow(this.bytes.length * 2)
      this.bytes.copy(larger, 0, 0, this.fill)
      this.bytes = larger
    } else this.settled = true
  }

  private follow({ pixelData }: Part10Header): void {
    if (!pixelData?.encapsulated || this.deflated) return
    this.walk = new FragmentWalk(pixelData.offset)
    if (pixelData.offset < this.fill) this.walk.feed(this.bytes.subarray(pixelData.offset, this.fill), pixelData.offset)
  }
}
