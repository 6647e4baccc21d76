/** Big-endian writer for the association PDUs (PS3.8 9.3.1). Not on the data path. */
export class ByteWriter {
  private buffer = Buffer.alloc(1024)
  private length = 0

  private room(bytes: number): number {
    const at = this.length
    if (at + bytes > this.buffer.length) {
      const larger = Buffer.alloc(Math.max(this.buffer.length * 2, at + bytes))
      this.buffer.copy(larger, 0, 0, at)
      this.buffer = larger
    }
    this.length += bytes
    return at
  }

  u8(value: number): void {
    const at = this.room(1)
    this.buffer.writeUInt8(value, at)
  }
  u16(value: number): void {
    const at = this.room(2)
    this.buffer.writeUInt16BE(value, at)
  }
  u32(value: number): void {
    const at = this.room(4)
    this.buffer.writeUInt32BE(value, at)
  }
  zeros(count: number): void {
    const at = this.room(count)
    this.buffer.fill(0, at, at + count)
  }
  bytes(value: Uint8Array): void {
    const at = this.room(value.length)
    this.buffer.set(value, at)
  }
  ascii(value: string): void {
    const at = this.room(value.length)
    this.buffer.write(value, at, 'latin1')
  }

  /** Type, reserved byte, 2-byte length, content. */
  item(type: number, content: () => void): void {
    this.u8(type)
    this.u8(0)
    const lengthAt = this.room(2)
    content()
    this.buffer.writeUInt16BE(this.length - lengthAt - 2, lengthAt)
  }

  /** Type, reserved byte, 4-byte length, content. */
  pdu(type: number, content: () => void): Buffer {
    this.u8(type)
    this.u8(0)
    const lengthAt = this.room(4)
    content()
    this.buffer.writeUInt32BE(this.length - lengthAt - 4, lengthAt)
    return this.buffer.subarray(0, this.length)
  }
}
