import {
  ASSOCIATE_PDU_MAX,
  ASSOCIATE_PDU_MIN,
  abortReason,
  InvalidPdu,
  PDU_HEADER_LENGTH,
  PDV_HEADER_LENGTH,
  pduType,
} from './pduType.ts'
import { RequestMemory } from './requestMemory.ts'

export interface PduHandler {
  /** Every PDU but P-DATA-TF, whole. `body` is valid during the call only. */
  onPdu(type: number, body: Buffer): void
  /** A P-DATA-TF begins. False: not now; its content is skipped. */
  onDataPdu(): boolean
  /** Bytes of one presentation data value as they come; valid during the call only. */
  onFragment(contextId: number, control: number, bytes: Buffer, endOfValue: boolean): void
}

/**
 * Parses PDUs in the buffers that the socket delivers: nothing is concatenated, and a data value reaches the handler in
 * as many parts as it arrived in. Memory does not depend on any length that the peer claims.
 */
export class PduReader {
  private readonly handler: PduHandler
  private readonly dataPduMax: number
  private readonly header = Buffer.alloc(PDU_HEADER_LENGTH)
  private headerFill = 0
  private readonly body = new RequestMemory()
  private type = 0
  private pduLength = 0
  /** Bytes of the current PDU's body still to come. */
  private pduLeft = 0
  private valueLeft = 0
  private contextId = 0
  private control = 0
  private place: 'pduHeader' | 'body' | 'valueHeader' | 'value' | 'skip' = 'pduHeader'
  private paused = false
  private stopped = false
  private held: Buffer | undefined

  constructor(handler: PduHandler, dataPduMax: number) {
    this.handler = handler
    this.dataPduMax = dataPduMax
  }

  /** True between PDUs. */
  get idle(): boolean {
    return this.place === 'pduHeader' && this.headerFill === 0 && !this.held
  }

  get isPaused(): boolean {
    return this.paused
  }

  pause(): void {
    this.paused = true
  }

  /** Goes on with what was held back. True when all of it was taken, so that the socket may flow again. */
  resume(): boolean {
    this.paused = false
    const held = this.held
    this.held = undefined
    if (held) this.feed(held)
    return !this.paused
  }

  /** Nothing more is parsed: the association is over. */
  stop(): void {
    this.stopped = true
    this.held = undefined
    this.body.drop()
  }

  /** Throws InvalidPdu. */
  feed(chunk: Buffer): void {
    if (this.held) {
      // The socket was paused already, yet delivered what it had read before: at most one chunk.
      this.held = Buffer.concat([this.held, chunk])
      return
    }
    let at = 0
    while (at < chunk.length && !this.stopped) {
      if (this.paused) {
        this.held = chunk.subarray(at)
        return
      }
      switch (this.place) {
        case 'pduHeader':
          at = this.readPduHeader(chunk, at)
          break
        case 'body':
          at = this.readBody(chunk, at)
          break
        case 'valueHeader':
          at = this.readValueHeader(chunk, at)
          break
        case 'value':
          at = this.readValue(chunk, at)
          break
        case 'skip': {
          const taken = Math.min(this.pduLeft, chunk.length - at)
          this.pduLeft -= taken
          at += taken
          if (this.pduLeft === 0) this.place = 'pduHeader'
        }
      }
    }
  }

  private fillHeader(chunk: Buffer, at: number): number {
    const taken = Math.min(PDU_HEADER_LENGTH - this.headerFill, chunk.length - at)
    chunk.copy(this.header, this.headerFill, at, at + taken)
    this.headerFill += taken
    return at + taken
  }

  private readPduHeader(chunk: Buffer, from: number): number {
    const at = this.fillHeader(chunk, from)
    // The type is judged by its first byte: a peer that speaks another protocol gets its answer at once.
    this.type = this.header.readUInt8(0)
    if (this.type < pduType.associateRequest || this.type > pduType.abort)
      throw new InvalidPdu(`PDU type ${this.type} does not exist`, abortReason.unrecognizedPdu)
    if (this.headerFill < PDU_HEADER_LENGTH) return at
    this.headerFill = 0
    const length = this.header.readUInt32BE(2)
    this.pduLeft = length
    if (this.type === pduType.data) {
      if (length < PDV_HEADER_LENGTH) throw new InvalidPdu('A P-DATA-TF PDU holds no presentation data value')
      if (length > this.dataPduMax) throw new InvalidPdu(`A P-DATA-TF PDU of ${length} bytes is too long`)
      this.place = this.handler.onDataPdu() ? 'valueHeader' : 'skip'
      return at
    }
    const associate = this.type === pduType.associateRequest || this.type === pduType.associateAccept
    if (associate ? length < ASSOCIATE_PDU_MIN || length > ASSOCIATE_PDU_MAX : length !== 4)
      throw new InvalidPdu(`A PDU of type ${this.type} cannot be ${length} bytes long`)
    this.place = 'body'
    this.pduLength = length
    return at
  }

  private readBody(chunk: Buffer, at: number): number {
    const taken = Math.min(this.pduLeft, chunk.length - at)
    if (!this.body.append(chunk.subarray(at, at + taken), this.pduLength))
      throw new InvalidPdu('Too many long association requests are under way', abortReason.notSpecified)
    this.pduLeft -= taken
    if (this.pduLeft === 0) {
      this.place = 'pduHeader'
      this.handler.onPdu(this.type, this.body.take())
    }
    return at + taken
  }

  private readValueHeader(chunk: Buffer, from: number): number {
    if (this.headerFill === 0 && this.pduLeft < PDV_HEADER_LENGTH)
      throw new InvalidPdu('A presentation data value has no room for its header')
    const at = this.fillHeader(chunk, from)
    if (this.headerFill < PDV_HEADER_LENGTH) return at
    this.headerFill = 0
    this.pduLeft -= PDV_HEADER_LENGTH
    const length = this.header.readUInt32BE(0)
    this.contextId = this.header.readUInt8(4)
    this.control = this.header.readUInt8(5)
    if (length < 2 || length - 2 > this.pduLeft)
      throw new InvalidPdu('A presentation data value is longer than its PDU, or shorter than its header')
    this.valueLeft = length - 2
    this.place = 'value'
    // A value without data is legal as far as the upper layer goes; its "last" flag counts (PS3.8 E.2).
    return this.valueLeft === 0 ? this.readValue(chunk, at) : at
  }

  private readValue(chunk: Buffer, at: number): number {
    const taken = Math.min(this.valueLeft, chunk.length - at)
    this.valueLeft -= taken
    this.pduLeft -= taken
    const end = this.valueLeft === 0
    if (end) this.place = this.pduLeft === 0 ? 'pduHeader' : 'valueHeader'
    this.handler.onFragment(this.contextId, this.control, chunk.subarray(at, at + taken), end)
    return at + taken
  }
}
