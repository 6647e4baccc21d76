import type { Duplex } from 'node:stream'
import { type Frame, type Frames, framed } from './frames.ts'

const IDLE_MS = 10 * 60 * 1000
/** A message that has begun must come on, and who sends takes the answers. */
const WITHIN_MESSAGE_MS = 30_000
/** Listed of one connection: noise must not push what matters out of the list. */
const BROKEN_OFF_MAX = 5

interface Conversation {
  stream: Duplex
  frames: Frames
  /** Undefined: it is not answered. Rejects where nothing could be kept. */
  answer(frame: Frame): Promise<string | undefined>
  /** The other side may be still for so long; 0 while it is our turn. */
  setPatience(timeoutMs: number): void
}

/** Answers one message after the other. Returns what waits for the end of what is under way. */
export function converse({ stream, frames, answer, setPatience }: Conversation): () => Promise<void> {
  let turn: Promise<void> = Promise.resolve()
  let brokenOff = 0
  const answerAll = async (chunk: Buffer) => {
    for (const frame of frames.take(chunk)) {
      if (frame.kind === 'broken-off' && ++brokenOff > BROKEN_OFF_MAX) continue
      const text = await answer(frame)
      if (text === undefined || stream.write(framed(text))) continue
      setPatience(WITHIN_MESSAGE_MS)
      await drained(stream)
      setPatience(0)
    }
  }
  setPatience(IDLE_MS)
  stream.on('data', (chunk: Buffer) => {
    // What is not answered, and whose answers are not taken, is not read either: no sender fills the memory here.
    stream.pause()
    setPatience(0)
    turn = turn
      .then(() => answerAll(chunk))
      // Without an acknowledgement the sender sends again, as it must when nothing was kept.
      .catch(() => void stream.destroy())
      .then(() => {
        setPatience(frames.isInside ? WITHIN_MESSAGE_MS : IDLE_MS)
        stream.resume()
      })
  })
  return () => turn
}

/** Resolves when the other side has taken what was written, or is gone. */
function drained(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writableNeedDrain) return resolve()
    const done = () => {
      stream.off('drain', done).off('close', done)
      resolve()
    }
    stream.on('drain', done).on('close', done)
  })
}
