/** Who of an association said a PDU: the one who dialled, or the one who was called. */
export type Side = 'caller' | 'called'

export interface TapedPdu {
  from: Side
  bytes: Buffer
}

/** One association as it was heard on the wire, in order. */
export interface Tape {
  name: string
  pdus: TapedPdu[]
}

/** Cuts what one side says into PDUs. */
export class Splitter {
  private rest: Buffer = Buffer.alloc(0)

  feed(bytes: Buffer): Buffer[] {
    this.rest = Buffer.concat([this.rest, bytes])
    const pdus: Buffer[] = []
    while (this.rest.length >= 6 && this.rest.length >= 6 + this.rest.readUInt32BE(2)) {
      const end = 6 + this.rest.readUInt32BE(2)
      pdus.push(Buffer.from(this.rest.subarray(0, end)))
      this.rest = this.rest.subarray(end)
    }
    return pdus
  }
}
