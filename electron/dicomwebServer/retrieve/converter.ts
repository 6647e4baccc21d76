import { Transcoder } from '#electron/dicom/transcode/transcoder.ts'

/** A converted object is in memory as a whole: more of them at once are not. */
const AT_ONCE = 2

/** What the other side cannot read as it is stored, in a thread of its own; callers wait for their turn. */
export class Converter {
  private readonly transcoder = new Transcoder()
  private running = 0
  private readonly waiting: (() => void)[] = []

  /** The data set of a stored file in an uncompressed transfer syntax. Rejects with a sentence. */
  dataSet(path: string, from: string, to: string): Promise<Uint8Array> {
    return this.inTurn(() => this.transcoder.convert(path, from, to))
  }

  /** A frame as native pixel data, the first being 0. Rejects with a sentence. */
  frame(path: string, frame: number): Promise<Uint8Array> {
    return this.inTurn(() => this.transcoder.frame(path, frame))
  }

  close(): void {
    this.transcoder.close()
  }

  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve))
    this.running += 1
    try {
      return await work()
    } finally {
      this.running -= 1
      this.waiting.shift()?.()
    }
  }
}
