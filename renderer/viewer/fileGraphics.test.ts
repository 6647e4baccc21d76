import { afterEach, expect, test, vi } from 'vitest'
import { overlayOf, retryOverlay } from './fileGraphics.ts'
import { plainImage } from './measuringFixture.ts'

afterEach(() => vi.unstubAllGlobals())

const image = plainImage({ rows: 2, columns: 2, overlayPlanes: 1 })

function answerWith(status: number) {
  const fetch = vi.fn(async () => {
    // Not in the same turn: whoever asks without end must fail here, not hang.
    await new Promise((resolve) => setTimeout(resolve, 1))
    return new Response(null, { status })
  })
  vi.stubGlobal('fetch', fetch)
  return fetch
}

test('an overlay that cannot be read is asked for once, and told to everybody who draws it', async () => {
  const fetch = answerWith(404)
  // What a tile does: it draws again when it is told.
  const seen: unknown[] = []
  const drawer = () => {
    // Asked without end it has to fail, not to hang.
    const draw = () => void (seen.length < 20 && seen.push(overlayOf(image, 1, 0, draw)))
    return draw
  }
  const [draw, drawOther] = [drawer(), drawer()]
  draw()
  drawOther()
  await vi.waitFor(() => expect(seen).toHaveLength(4))
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(seen).toEqual([undefined, undefined, 'failed', 'failed'])
  expect(fetch).toHaveBeenCalledTimes(1)

  retryOverlay(1, 0)
  draw()
  await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(2))
})

test('an image without overlay planes asks for nothing', () => {
  const fetch = answerWith(200)
  expect(overlayOf(plainImage(), 2, 0, () => {})).toBeUndefined()
  expect(fetch).not.toHaveBeenCalled()
})
