import { Changes } from './changes.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/**
 * Empties the trash once a day. That it cannot be done (a full disk: taking rows away needs room, too) is a sentence for a
 * person, never a reason not to start: whoever wants to look at images can.
 */
export class DailyTrash {
  private readonly empty: () => Promise<unknown>
  private readonly changes = new Changes()
  private sentence = ''
  private timer: NodeJS.Timeout | undefined
  private closed = false

  constructor(empty: () => Promise<unknown>) {
    this.empty = empty
  }

  /** Why it was not emptied; '' when it was. */
  problem(): string {
    return this.sentence
  }

  onChange(listener: () => void): () => void {
    return this.changes.onChange(listener)
  }

  /** Now, and from now on. Never rejects. */
  async run(): Promise<void> {
    let sentence = ''
    try {
      await this.empty()
    } catch (error) {
      sentence = sentenceOf(error)
    }
    if (this.closed) return
    if (sentence !== '' && sentence !== this.sentence) process.stderr.write(`negatoscope: ${sentence}\n`)
    this.sentence = sentence
    this.changes.tell()
    this.timer = setTimeout(() => void this.run(), sentence === '' ? DAY_MS : HOUR_MS).unref()
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }
}

/** The code only: messages may hold a path. */
function sentenceOf(error: unknown): string {
  const code = String((error as { code?: unknown }).code ?? 'unknown error')
  const isFull = code === 'no-space' || code === 'SQLITE_FULL' || code === 'ENOSPC'
  return isFull
    ? 'The trash was not emptied: the disk of the data folder is full. Free some space there; it is tried again every hour.'
    : `The trash was not emptied (${code}). It is tried again every hour; if this stays, have a look at the disk of the data folder.`
}
