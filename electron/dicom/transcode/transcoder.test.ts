import { expect, test } from 'vitest'
import { Transcoder } from './transcoder.ts'

test('an image that its decoder never comes back from is refused, and those behind it are converted', async () => {
  const transcoder = new Transcoder(new URL('./spinningFixture.worker.ts', import.meta.url))
  const convert = async (path: string) => {
    const bytes = await transcoder.convert(path, '', '').catch((error: unknown) => Buffer.from(String(error)))
    return Buffer.from(bytes).toString()
  }
  expect(await Promise.all(['first', 'damaged', 'second', 'third'].map(convert))).toEqual([
    'first',
    'Error: Its image data takes too long to decode: it is damaged.',
    'second',
    'third',
  ])
  expect(await convert('fourth')).toBe('fourth')
  transcoder.close()
})
