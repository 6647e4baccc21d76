import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { ScriptedPeer } from '../testing/scriptedPeer.ts'
import { encodeAssociateAccept, encodeAssociateRequest } from './associatePdu.ts'
import { Association, type Ending } from './association.ts'
import { encodeAbort, encodeReleaseRequest, encodeReleaseResponse } from './controlPdu.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const user = { implementationClassUID: '1.2.3', implementationVersionName: '', roles: [], extended: [] }
const titles = { calledAETitle: 'CALLED', callingAETitle: 'CALLING', maxPduLength: 16_384 }
const contexts = [{ id: 1, abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2'] }]
const request = encodeAssociateRequest({ ...titles, contexts, ...user })
const answered = [{ id: 1, result: 0, transferSyntax: '1.2.840.10008.1.2' }]
const accept = encodeAssociateAccept({ ...titles, contexts: answered, ...user })

/** Two ends of a real connection: an association of ours, and a peer that says what it is told to. */
async function pair(role: 'requestor' | 'acceptor', artimTimeoutMs = 30_000) {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const dialled = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [taken] = (await once(server, 'connection')) as [Socket]
  const endings: Ending[] = []
  const peer = new ScriptedPeer(role === 'acceptor' ? dialled : taken)
  const association = new Association(
    role === 'acceptor' ? taken : dialled,
    role,
    { artimTimeoutMs, idleTimeoutMs: 30_000 },
    {
      onRequest: () => association.accept({ ...titles, contexts: answered, ...user }),
      onFragment: () => {},
      onReleaseRequest: () => association.releaseResponse(),
      onEnd: (ending) => endings.push(ending),
    },
  )
  closing.push(() => {
    peer.destroy()
    association.destroy()
    server.close()
  })
  return { association, peer, endings }
}

async function established(role: 'requestor' | 'acceptor') {
  const ends = await pair(role)
  if (role === 'requestor') {
    ends.association.request({ ...titles, contexts, ...user })
    await ends.peer.next()
    ends.peer.send(accept)
    await expect.poll(() => ends.association.state).toBe('Sta6')
  } else {
    ends.peer.send(request)
    await ends.peer.next()
  }
  return ends
}

test('before a request ARTIM closes the connection without a word (Sta2, AA-2)', async () => {
  const { peer, endings } = await pair('acceptor', 100)
  expect(await peer.next(2000)).toBeUndefined()
  expect(peer.isClosed).toBe(true)
  expect(endings).toMatchObject([{ how: 'timed-out' }])
})

test('what does not belong there before a request is aborted by the service user (Sta2, AA-1)', async () => {
  for (const wrong of [
    encodeReleaseRequest(),
    accept,
    Buffer.from([9, 0, 0, 0, 0, 0]),
    Buffer.from([1, 0, 0, 0, 0, 0]),
  ]) {
    const { peer } = await pair('acceptor')
    peer.send(wrong)
    const pdu = await peer.next()
    expect(pdu?.type).toBe(7)
    expect([...(pdu?.body ?? [])]).toEqual([0, 0, 0, 0])
  }
})

test('within an association it is aborted by the service provider, with the reason (Sta6, AA-8)', async () => {
  const cases: [Buffer, number][] = [
    [accept, 2],
    [Buffer.from([9, 0, 0, 0, 0, 0]), 1],
    [Buffer.from([4, 0, 0xff, 0xff, 0xff, 0xff]), 6],
  ]
  for (const [wrong, reason] of cases) {
    const { peer } = await established('acceptor')
    peer.send(wrong)
    const pdu = await peer.next()
    expect(pdu?.type).toBe(7)
    expect([...(pdu?.body ?? [])]).toEqual([0, 0, 2, reason])
  }
})

test('when both ask for release the requestor answers first (AR-8, AR-9, AR-3)', async () => {
  const { association, peer, endings } = await established('requestor')
  association.releaseRequest()
  expect((await peer.next())?.type).toBe(5)
  peer.send(encodeReleaseRequest())
  expect((await peer.next())?.type).toBe(6)
  expect(association.state).toBe('Sta11')
  peer.send(encodeReleaseResponse())
  expect(await peer.closed()).toBe(true)
  expect(endings).toEqual([{ how: 'released' }])
})

test('data that come after our release request are still taken (Sta7, AR-6)', async () => {
  const { association, peer, endings } = await established('requestor')
  association.releaseRequest()
  peer.send(Buffer.from([4, 0, 0, 0, 0, 8, 0, 0, 0, 4, 1, 3, 1, 2]))
  peer.send(encodeReleaseResponse())
  expect(await peer.closed()).toBe(true)
  expect(endings).toEqual([{ how: 'released' }])
})

test('requests behind the release are answered by one A-ABORT, however many come (Sta13, AA-7)', async () => {
  const { association, peer } = await established('acceptor')
  peer.send(encodeReleaseRequest())
  expect((await peer.next())?.type).toBe(6)
  peer.send(Buffer.concat(Array.from({ length: 5000 }, () => request)))
  expect((await peer.next())?.type).toBe(7)
  expect(await peer.next(200)).toBeUndefined()
  expect(association.state).toBe('Sta13')
})

test('an A-ABORT while the end is awaited closes at once (Sta13, AA-2)', async () => {
  const { association, peer, endings } = await established('acceptor')
  peer.send(encodeReleaseRequest())
  await peer.next()
  peer.send(encodeAbort({ source: 0, reason: 0 }))
  expect(await peer.closed(1000)).toBe(true)
  expect(association.state).toBe('Sta1')
  expect(endings).toEqual([{ how: 'released' }])
})

test('a peer that goes away tells its user once, in whichever state (AA-4, AA-5, AR-5)', async () => {
  for (const before of [[], [request], [request, encodeReleaseRequest()]]) {
    const { peer, endings } = await pair('acceptor')
    for (const pdu of before) {
      peer.send(pdu)
      await peer.next()
    }
    peer.destroy()
    await expect.poll(() => endings.length).toBe(1)
  }
})

test('an accept that nobody understands ends the request (Sta5, AA-8)', async () => {
  const { association, peer, endings } = await pair('requestor')
  association.request({ ...titles, contexts, ...user })
  await peer.next()
  const spoilt = Buffer.from(accept)
  spoilt.writeUInt16BE(0xffff, 76)
  peer.send(spoilt)
  expect([...((await peer.next())?.body ?? [])]).toEqual([0, 0, 2, 6])
  expect(endings).toMatchObject([{ how: 'aborted' }])
})
