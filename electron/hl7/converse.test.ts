import { duplexPair } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { converse } from './converse.ts'
import { Frames, framed } from './frames.ts'

/** More turns of the event loop than anything here needs that can go on at all. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 200; turns += 1) await turn()
}

test('a sender that takes no answers is not read on, and is answered in its order once it takes them', async () => {
  const [ours, theirs] = duplexPair({ highWaterMark: 1024 })
  const asked: string[] = []
  converse({
    stream: ours,
    frames: new Frames(),
    async answer(frame) {
      asked.push(frame.kind === 'message' ? frame.bytes.toString() : frame.kind)
      return `${asked.at(-1)} `.padEnd(1024, 'x')
    },
    setPatience() {},
  })
  const names = Array.from({ length: 200 }, (_, at) => `message ${at}`)
  // Several in one piece, and one in two pieces.
  for (let at = 0; at < names.length; at += 10) {
    const piece = Buffer.concat(names.slice(at, at + 10).map(framed))
    theirs.write(piece.subarray(0, 7))
    theirs.write(piece.subarray(7))
  }
  await settled()
  // Its own buffer and ours hold two; whatever came further stays with the sender.
  expect(asked.length).toBeLessThanOrEqual(3)
  expect(ours.writableLength).toBeLessThanOrEqual(4096)
  let said = ''
  theirs.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await expect.poll(() => said.split('\x1c').length - 1).toBe(names.length)
  expect(asked).toEqual(names)
  expect(said.match(/message \d+/g)).toEqual(names)
  expect(ours.listenerCount('close')).toBeLessThan(10)
})

test('a sender that takes no answers and goes is forgotten', async () => {
  const [ours, theirs] = duplexPair({ highWaterMark: 16 })
  const patience: number[] = []
  const underWay = converse({
    stream: ours,
    frames: new Frames(),
    answer: async () => 'an answer that is longer than what is taken',
    setPatience: (timeoutMs) => void patience.push(timeoutMs),
  })
  theirs.write(framed('one'))
  theirs.write(framed('two'))
  await settled()
  // It has half a minute to take the first answer.
  expect(patience.at(-1)).toBe(30_000)
  ours.destroy()
  await underWay()
  expect(ours.destroyed).toBe(true)
})
