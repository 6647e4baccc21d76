const ON_ITS_WAY = 0
const ON_DISK = 1
const LOST = 2

/** A sync of the disk that takes longer counts as failed. */
const LONGEST_SYNC_MS = 20_000

/**
 * Word from the thread that syncs a file to the thread that indexes it. The row is written while the disk is still at
 * work, and committed only when the file is there: the order on the disk stays file first, then row, and the two threads
 * no longer wait for each other in turn.
 */
export class DiskWord {
  /** Crosses threads without a copy. */
  readonly shared: SharedArrayBuffer
  private readonly word: Int32Array

  constructor(shared = new SharedArrayBuffer(4)) {
    this.shared = shared
    this.word = new Int32Array(shared)
  }

  /** The file and its name are on the disk. */
  give(): void {
    this.say(ON_DISK)
  }

  /** The file will not come. */
  takeBack(): void {
    this.say(LOST)
  }

  /** Blocks the thread until the word is there; false when the file is not on the disk. */
  wait(): boolean {
    Atomics.wait(this.word, 0, ON_ITS_WAY, LONGEST_SYNC_MS)
    return Atomics.load(this.word, 0) === ON_DISK
  }

  private say(word: number): void {
    Atomics.store(this.word, 0, word)
    Atomics.notify(this.word, 0)
  }
}
