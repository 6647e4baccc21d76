import { afterAll, beforeAll, expect, test } from 'vitest'
import { damagedFile, everyCodec, honestFile } from './damagedFixture.ts'
import { loadEncoders } from './encodeFixture.ts'
import { answers, openFixture } from './imageFixture.ts'

const fixture = openFixture()
beforeAll(loadEncoders)
afterAll(() => fixture.close())

const SEED = 20_260_105
/** `npm run soak` plays thousands. */
const EACH = 12
const BYTES = [24 * 40, 24 * 40 * 2, 24 * 40 * 3]

test('damaged frames of every codec are samples of the right size or a sentence, and honest ones beside them come whole', async () => {
  for (const codec of everyCodec()) {
    const before = fixture.addFile(honestFile(codec))
    const bad = Array.from({ length: EACH }, (_, number) => fixture.addFile(damagedFile(codec, SEED, number)))
    const after = fixture.addFile(honestFile(codec))
    const frames = [before, ...bad, after].map(({ instanceId }) => ({ instanceId, frame: 0 }))
    const found = await answers(fixture.pixels.frames({ frames }))
    expect(found).toHaveLength(EACH + 2)
    for (const { index, samples, sentence } of found) {
      const isSaid = sentence !== undefined && /^[A-Z].*\./.test(sentence)
      expect(
        isSaid || BYTES.includes(samples?.length ?? 0) || isResized(codec.name),
        `${codec.name} ${index - 1}`,
      ).toBe(true)
    }
    expect(found[0]?.sentence, codec.name).toBeUndefined()
    expect(Buffer.from(found[0]?.samples ?? []).equals(found.at(-1)?.samples ?? Buffer.alloc(0)), codec.name).toBe(true)
  }
})

/** Where the header of the file itself is damaged, rows and columns may be others. */
const isResized = (name: string) => ['deflated', 'big endian', 'native'].includes(name)
