/** MLLP (HL7 v2.5.1 appendix C): vertical tab, message, file separator, carriage return. */
const START = 0x0b
const END = 0x1c
const CARRIAGE_RETURN = 0x0d
/** An order has a few kilobytes; pictures in OBX do not belong here. */
const MESSAGE_MAX_BYTES = 1024 * 1024

/** `broken-off`: the sender began another message before this one had ended. */
export type Frame = { kind: 'message'; bytes: Buffer } | { kind: 'too-long' } | { kind: 'broken-off' }

/** Takes bytes as they come, gives whole messages. What stands outside of a frame is passed over. */
export class Frames {
  private held = Buffer.alloc(0)
  private length = 0
  private inside = false
  private overlong = false

  /** Between two messages nothing is owed to the sender. */
  get isInside(): boolean {
    return this.inside
  }

  take(chunk: Buffer): Frame[] {
    const frames: Frame[] = []
    let at = 0
    while (at < chunk.length) {
      if (!this.inside) {
        const start = chunk.indexOf(START, at)
        if (start < 0) break
        this.begin()
        at = start + 1
        continue
      }
      const end = chunk.indexOf(END, at)
      const again = chunk.indexOf(START, at)
      // A sender that broke off begins anew: half of one order must not become part of the next.
      if (again >= 0 && (end < 0 || again < end)) {
        frames.push({ kind: 'broken-off' })
        this.begin()
        at = again + 1
        continue
      }
      this.keep(chunk.subarray(at, end < 0 ? chunk.length : end))
      if (end < 0) break
      frames.push(this.overlong ? { kind: 'too-long' } : { kind: 'message', bytes: this.held.subarray(0, this.length) })
      this.inside = false
      this.held = Buffer.alloc(0)
      at = chunk[end + 1] === CARRIAGE_RETURN ? end + 2 : end + 1
    }
    return frames
  }

  private begin(): void {
    this.inside = true
    this.overlong = false
    this.held = Buffer.alloc(0)
    this.length = 0
  }

  private keep(bytes: Buffer): void {
    const before = this.length
    this.length += bytes.length
    if (this.overlong || this.length > MESSAGE_MAX_BYTES) {
      this.overlong = true
      this.held = Buffer.alloc(0)
      return
    }
    // One that comes byte by byte takes no more than one that comes at once.
    if (this.length > this.held.length) {
      const larger = Buffer.alloc(Math.max(this.length, 2 * this.held.length))
      this.held.copy(larger, 0, 0, before)
      this.held = larger
    }
    bytes.copy(this.held, before)
  }
}

export function framed(message: string): Buffer {
  return Buffer.concat([Buffer.of(START), Buffer.from(message, 'utf8'), Buffer.of(END, CARRIAGE_RETURN)])
}
