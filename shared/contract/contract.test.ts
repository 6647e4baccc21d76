import { expect, test } from 'vitest'
import { z } from 'zod'
import { createClient } from './client.ts'
import { ApiError } from './errors.ts'
import { command, query, stream } from './operation.ts'
import { createServer, type Handlers } from './serve.ts'
import { memoryWires } from './wire.ts'

const tea = {
  kettle: {
    temperature: query({ input: z.object({}), output: z.number(), audit: 'none' }),
    heat: command({
      input: z.object({ to: z.number().max(100, 'Water boils at 100.') }),
      output: z.object({}),
      audit: 'none',
    }),
    watch: stream({ input: z.object({}), output: z.number(), audit: 'none' }),
  },
}

function brew(handlers: Partial<Handlers<typeof tea>['kettle']> = {}) {
  const [page, host] = memoryWires()
  const all = {
    kettle: { temperature: () => 20, heat: () => ({}), watch: async function* () {}, ...handlers },
  }
  createServer(tea, all)(host)
  return { client: createClient(tea, page), close: () => page.close() }
}

test('a query is answered', async () => {
  expect(await brew().client.kettle.temperature({})).toBe(20)
})

test('bad input is refused before it is sent, with the sentence of the schema and the field', async () => {
  const error = await brew()
    .client.kettle.heat({ to: 120 })
    .catch((e: unknown) => e)
  expect(error).toMatchObject({ code: 'invalid-input', message: 'Water boils at 100.', field: 'to' })
})

test('an answer that breaks the contract is an internal error, not data', async () => {
  const { client } = brew({ temperature: () => 'warm' as unknown as number })
  expect(await client.kettle.temperature({}).catch((e: ApiError) => e.code)).toBe('internal')
})

test('an ApiError crosses with code, sentence and DIMSE status; any other error does not leak', async () => {
  const refused = brew({
    temperature: () => {
      throw new ApiError('dimse-failure', 'Northview refuses it.', { status: 0xa801 })
    },
  })
  expect(await refused.client.kettle.temperature({}).catch((e: unknown) => e)).toMatchObject({
    code: 'dimse-failure',
    status: 0xa801,
  })
  const broken = brew({
    temperature: () => {
      throw new Error('/home/secret')
    },
  })
  expect(await broken.client.kettle.temperature({}).catch((e: Error) => e.message)).not.toContain('secret')
})

test('leaving a stream cancels it at its source', async () => {
  let cancelled = false
  const { client } = brew({
    watch: async function* (_, { signal }) {
      signal.addEventListener('abort', () => {
        cancelled = true
      })
      for (let i = 0; !signal.aborted; i += 1) {
        yield i
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    },
  })
  for await (const value of client.kettle.watch({})) if (value === 2) break
  await expect.poll(() => cancelled).toBe(true)
})

test('an AbortSignal cancels a call and says so', async () => {
  const { client } = brew({ temperature: () => new Promise<number>(() => {}) })
  const abort = new AbortController()
  const answer = client.kettle.temperature({}, { signal: abort.signal }).catch((e: ApiError) => e.code)
  abort.abort()
  expect(await answer).toBe('cancelled')
})

test('open calls fail when the wire closes, and later ones at once', async () => {
  const { client, close } = brew({ temperature: () => new Promise<number>(() => {}) })
  const answer = client.kettle.temperature({}).catch((e: ApiError) => e.code)
  close()
  expect(await answer).toBe('disconnected')
  expect(await client.kettle.temperature({}).catch((e: ApiError) => e.code)).toBe('disconnected')
})

test('a missing handler fails at start, and so does one too many', () => {
  const without = { kettle: { temperature: () => 20, heat: () => ({}) } } as unknown as Handlers<typeof tea>
  expect(() => createServer(tea, without)).toThrow('kettle.watch')
  const extra = { kettle: { ...without.kettle, watch: async function* () {}, sing: () => 1 } } as unknown as Handlers<
    typeof tea
  >
  expect(() => createServer(tea, extra)).toThrow('kettle.sing')
})

test('garbage on the wire is ignored and the next call still works', async () => {
  const [page, host] = memoryWires()
  createServer(tea, { kettle: { temperature: () => 20, heat: () => ({}), watch: async function* () {} } })(host)
  page.send({ kind: 'nonsense' } as never)
  expect(await createClient(tea, page).kettle.temperature({})).toBe(20)
})
