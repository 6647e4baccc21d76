import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '#electron/archive/archiveFixture.ts'
import { type Archive, openArchive } from '#electron/archive/openArchive.ts'
import { OrderServer } from './orderServer.ts'
import { isToken, newToken } from './orderToken.ts'

let folder: ReturnType<typeof temporaryFolder>
let archive: Archive
let server: OrderServer
const { token, hash } = newToken()
let tokenHash = hash
beforeEach(async () => {
  folder = temporaryFolder()
  tokenHash = hash
  archive = await openArchive(folder.path)
  server = await OrderServer.listen(archive, { port: 0, host: '127.0.0.1', tokenHash: () => tokenHash })
})
afterEach(async () => {
  await server.close()
  await archive.close()
  folder.remove()
})

const REX = {
  name: 'Sato, Rex',
  species: 'Dog',
  sex: 'MN',
  owner: 'Sato, Ren',
  procedure: 'Thorax, 2 views',
  date: '2026-11-21',
}

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const outcomes = async () => (await archive.reader.listInputs(20)).map(({ outcome }) => outcome).toReversed()

describe('an order by REST', () => {
  test('is a request, once, however often it is sent', async () => {
    const made = await call('PUT', '/orders/desk-7', REX)
    expect(made).toMatchObject({ status: 201, body: { outcome: 'created', state: 'scheduled', id: 'desk-7' } })
    const again = await call('PUT', '/orders/desk-7', REX)
    expect(again).toMatchObject({ status: 200, body: { outcome: 'unchanged' } })
    expect(again.body.accessionNumber).toBe(made.body.accessionNumber)
    expect(await call('POST', '/orders', { ...REX, id: 'desk-7' })).toMatchObject({ body: { outcome: 'unchanged' } })
    const changed = await call('PUT', '/orders/desk-7', { ...REX, urgency: 'urgent' })
    expect(changed).toMatchObject({ status: 200, body: { outcome: 'updated' } })
    const { cards } = await archive.reader.board('20261121', '20261121')
    expect(cards).toHaveLength(1)
    expect(cards[0]?.order).toMatchObject({
      source: { kind: 'rest' },
      patient: { patientName: 'Sato^Rex', species: 'Canine' },
    })
    expect(await outcomes()).toEqual(['created', 'ignored', 'ignored', 'updated'])
  })

  test('that was taken when animals had their own name alone is still the same one', async () => {
    const plain = { ...REX, name: 'Rex' }
    await call('PUT', '/orders/7', plain)
    const [card] = (await archive.reader.board('20261121', '20261121')).cards
    if (!card) throw new Error('No request')
    expect(card.order.patient.patientName).toBe('Sato^Rex')
    const { patient, request, orderId } = card.order
    await archive.writer.updateOrder(orderId, { patient: { ...patient, patientName: 'Rex' }, request })
    expect(await call('PUT', '/orders/7', plain)).toMatchObject({ body: { outcome: 'unchanged' } })
  })

  test('that a person has cancelled does not come back by a repetition', async () => {
    await call('PUT', '/orders/7', REX)
    expect(await call('DELETE', '/orders/7')).toMatchObject({ status: 200, body: { outcome: 'cancelled' } })
    expect(await call('PUT', '/orders/7', REX)).toMatchObject({ body: { outcome: 'unchanged', state: 'cancelled' } })
    expect(await call('GET', '/orders/7')).toMatchObject({ status: 200, body: { state: 'cancelled' } })
    expect(await call('DELETE', '/orders/8')).toMatchObject({ status: 404 })
    const { body } = await call('PUT', '/orders/9', { ...REX, name: 'Miso' })
    const { cards } = await archive.reader.board('20261121', '20261121')
    const begun = cards.find(({ order }) => order.accessionNumber === body.accessionNumber)
    await archive.writer.setOrderState(begun?.order.orderId ?? 0, 'in-progress')
    expect(await call('DELETE', '/orders/9')).toMatchObject({ status: 409 })
  })

  test.each([
    ['no JSON', 'PUT', '/orders/1', '{"name":', 400, 'no JSON'],
    ['a list', 'PUT', '/orders/1', [REX], 400, 'one object'],
    ['a field that does not exist', 'PUT', '/orders/1', { ...REX, nmae: 'x' }, 422, 'There is no field "nmae"'],
    ['a value that is an object', 'PUT', '/orders/1', { ...REX, owner: { name: 'x' } }, 422, 'plain values'],
    ['no name', 'PUT', '/orders/1', { procedure: 'Thorax' }, 422, 'Enter the name'],
    ['a day that is none', 'PUT', '/orders/1', { ...REX, date: '2026-13-01' }, 422, 'no day'],
    ['another id than the address', 'PUT', '/orders/1', { ...REX, id: '2' }, 422, 'another one'],
    ['no id', 'POST', '/orders', REX, 422, 'id by which you know'],
  ])('with %s is refused in words and listed', async (_, method, path, body, status, words) => {
    const answer = await call(method, path, body)
    expect(answer.status).toBe(status)
    expect(answer.body.error).toContain(words)
    expect(await outcomes()).toEqual(['refused'])
    expect((await archive.reader.board('20261121', '20261121')).cards).toEqual([])
  })

  test('is taken with the token alone, from no web page, and in bounds', async () => {
    expect(await call('PUT', '/orders/1', REX, { authorization: 'Bearer wrong' })).toMatchObject({ status: 401 })
    expect(await call('PUT', '/orders/1', REX, { authorization: '' })).toMatchObject({ status: 401 })
    expect(await call('PUT', '/orders/1', REX, { origin: 'http://127.0.0.1' })).toMatchObject({ status: 403 })
    expect(await call('PUT', '/orders/1', REX, { 'content-type': 'text/plain' })).toMatchObject({ status: 415 })
    expect(await call('PUT', '/orders/1', 'x'.repeat(70_000))).toMatchObject({ status: 413 })
    expect(await call('PUT', `/orders/${'x'.repeat(101)}`, REX)).toMatchObject({ status: 400 })
    expect(await call('GET', '/elsewhere')).toMatchObject({ status: 404 })
    expect(await call('GET', '/orders')).toMatchObject({ status: 405 })
    tokenHash = ''
    expect(await call('PUT', '/orders/1', REX)).toMatchObject({ status: 401 })
    expect(server.strangers).toBe(3)
    expect(await archive.reader.listInputs(20)).toEqual([])
  })
})

test('a token is known by its hash alone', () => {
  expect(isToken(token, hash)).toBe(true)
  expect(isToken(`${token}x`, hash)).toBe(false)
  expect(isToken('', '')).toBe(false)
})
