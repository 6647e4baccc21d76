/** Samples of one frame as a decoder hands them over: little endian, no padding between rows. */
export interface Decoded {
  rows: number
  columns: number
  components: number
  bytes: Uint8Array<ArrayBuffer>
  /** Of a sample in `bytes`. */
  bitsAllocated: 8 | 16 | 32
  /** Bits that the stream itself says it has; of uncompressed samples all of them. */
  precision: number
  /** The values have a sign of their own (JPEG 2000 says so in the stream). */
  signed: boolean
  planar: boolean
  /** What three components are. */
  colour: 'rgb' | 'ycc'
}
