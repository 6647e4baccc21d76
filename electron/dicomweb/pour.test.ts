import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { pour } from './pour.ts'
import { tapOf } from './tap.ts'
import { openRaw, openSite, webServerAt } from './testing/hostileSite.ts'
import { webCall } from './webCall.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const signal = () => AbortSignal.timeout(60_000)
const BODY = Buffer.from(Uint32Array.from({ length: 750_000 }, (_, at) => at * 2_654_435_761).buffer)

/** An answer that lasts until its connection ends: in one go, or in two. */
async function endless(...pieces: Buffer[]) {
  const { port, close } = await openRaw((socket) => {
    socket.once('data', async () => {
      socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n')
      for (const piece of pieces) await new Promise<void>((resolve) => socket.write(piece, () => resolve()))
      socket.end()
    })
  })
  closing.push(close)
  return webServerAt(port)
}

/** What arrives in a basin that is full after every piece. */
async function poured(server: ReturnType<typeof webServerAt>) {
  const response = await webCall(server, { method: 'GET', path: '/', headers: {} }, signal())
  const isTapped = tapOf(response) !== undefined
  const pieces: Buffer[] = []
  let isBusy = false
  await pour(response, server, signal(), {
    take(bytes) {
      expect(isBusy).toBe(false)
      pieces.push(Buffer.from(bytes))
    },
    room() {
      isBusy = true
      return pause(1).then(() => {
        isBusy = false
      })
    },
  })
  return { bytes: Buffer.concat(pieces), isTapped }
}

test('an answer that lasts until the connection ends arrives whole and in order, as slowly as it is taken', async () => {
  const { bytes, isTapped } = await poured(await endless(BODY.subarray(0, 10), BODY.subarray(10)))
  expect(isTapped).toBe(true)
  expect(bytes.equals(BODY)).toBe(true)
})

test('so does one in chunks, and one of a known length', async () => {
  for (const headers of [{}, { 'content-length': String(BODY.length) }]) {
    const { port, close } = await openSite((_, response) => void response.writeHead(200, headers).end(BODY))
    closing.push(close)
    const { bytes, isTapped } = await poured(webServerAt(port))
    expect(isTapped).toBe(false)
    expect(bytes.equals(BODY)).toBe(true)
  }
})

test('what the basin throws ends the answer with it', async () => {
  const server = await endless(BODY)
  const response = await webCall(server, { method: 'GET', path: '/', headers: {} }, signal())
  const take = () => {
    throw new Error('too much')
  }
  await expect(pour(response, server, signal(), { take, room: () => undefined })).rejects.toThrow('too much')
  expect(response.destroyed).toBe(true)
})
