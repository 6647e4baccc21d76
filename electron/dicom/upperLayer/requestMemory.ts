/** So much each may hold of a request that has not come whole: more than almost every request is long. */
const FREE_BYTES = 64 * 1024
/** All longer ones of this thread together: two hundred peers that each begin a long one would otherwise take 100 MB. */
const SHARED_BYTES = 16 * 1024 * 1024

let shared = 0

/** What one connection holds of an association PDU that has not come whole. */
export class RequestMemory {
  private bytes: Buffer = Buffer.alloc(0)
  private fill = 0
  private taken = 0

  /** False where there is no room: the connection cannot go on. `claimed`: how long the PDU says it is. */
  append(part: Buffer, claimed: number): boolean {
    const needed = this.fill + part.length
    if (needed > this.bytes.length && !this.grow(needed, claimed)) return false
    part.copy(this.bytes, this.fill)
    this.fill = needed
    return true
  }

  /** All of it, which is nobody's any more. */
  take(): Buffer {
    const body = this.bytes.subarray(0, this.fill)
    this.drop()
    return body
  }

  drop(): void {
    shared -= this.taken
    this.taken = 0
    this.fill = 0
    this.bytes = Buffer.alloc(0)
  }

  private grow(needed: number, claimed: number): boolean {
    const size = Math.max(needed, Math.min(needed * 2, claimed, needed > FREE_BYTES ? claimed : FREE_BYTES))
    const more = (size > FREE_BYTES ? size : 0) - this.taken
    if (shared + more > SHARED_BYTES) return false
    shared += more
    this.taken += more
    const larger = Buffer.alloc(size)
    this.bytes.copy(larger, 0, 0, this.fill)
    this.bytes = larger
    return true
  }
}
