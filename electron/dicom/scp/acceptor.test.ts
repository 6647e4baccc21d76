import { afterEach, expect, test } from 'vitest'
import { VERIFICATION } from '#shared/dicom/sopClass.ts'
import { IMPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { IMPLEMENTATION_CLASS_UID } from '#shared/dicom/uid.ts'
import type { NodeConfiguration } from '../nodeApi.ts'
import { echo } from '../scu/echo.ts'
import { ScriptedPeer } from '../testing/scriptedPeer.ts'
import { allChecks, openTestNode, peerAt, type TestNode } from '../testing/testNode.ts'

let here: TestNode
const peers: ScriptedPeer[] = []
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy()
  await here.close()
})

async function open(options: Partial<NodeConfiguration> = {}) {
  here = await openTestNode(options)
}
async function dial() {
  const peer = await ScriptedPeer.dial(here.port)
  peers.push(peer)
  return peer
}
async function ask(proposal?: Parameters<typeof ScriptedPeer.ask>[1]) {
  const peer = await ScriptedPeer.ask(here.port, proposal)
  peers.push(peer)
  return peer
}
async function associate(proposal?: Parameters<typeof ScriptedPeer.ask>[1]) {
  const { peer, accept } = await ScriptedPeer.open(here.port, proposal)
  peers.push(peer)
  return { peer, accept }
}

const echoRequest = { commandField: 0x0030, hasDataSet: false, affectedSOPClassUID: VERIFICATION, messageID: 1 }
const abortPdu = Buffer.from([7, 0, 0, 0, 0, 4, 0, 0, 0, 0])
const releasePdu = Buffer.from([5, 0, 0, 0, 0, 4, 0, 0, 0, 0])
const bytes = (hex: string) => Buffer.from(hex, 'hex')
const reasonOf = (body: Buffer | undefined) => [...(body ?? [])].slice(1)

async function echoTime(): Promise<number> {
  return (await echo(peerAt(here.port), new AbortController().signal)).elapsedMs
}

test('we announce our own PDU length and implementation whatever the caller announces', async () => {
  await open({ maxPduLength: 65_536 })
  const { accept } = await associate({ maxPduLength: 4096 })
  expect(accept.maxPduLength).toBe(65_536)
  expect(accept.implementationClassUID).toBe(IMPLEMENTATION_CLASS_UID)
})

test('a caller with a PDU length of 1 is answered all the same', async () => {
  await open()
  const { peer } = await associate({ maxPduLength: 1 })
  peer.message(1, echoRequest)
  expect((await peer.nextCommand())?.status).toBe(0)
})

test('context IDs may come in any order; the answers keep it', async () => {
  await open()
  const context = (id: number) => ({ id, abstractSyntax: VERIFICATION, transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN] })
  const { accept } = await associate({ contexts: [context(7), context(1), context(255)] })
  expect(accept.contexts.map(({ id, result }) => [id, result])).toEqual([
    [7, 0],
    [1, 0],
    [255, 0],
  ])
})

test('an association without an acceptable context is answered, and a request on it aborted', async () => {
  await open()
  const { peer, accept } = await associate({
    contexts: [{ id: 1, abstractSyntax: '1.2.840.10008.5.1.1.9', transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN] }],
  })
  expect(accept.contexts).toMatchObject([{ id: 1, result: 3 }])
  peer.message(1, echoRequest)
  expect((await peer.next())?.type).toBe(7)
})

test('two requests in one PDU are both answered', async () => {
  await open()
  const { peer } = await associate()
  const { encodeCommandSet } = await import('../dimse/commandSet.ts')
  const values = [1, 2].map((messageID) => {
    const command = encodeCommandSet({ ...echoRequest, messageID })
    const header = Buffer.from([0, 0, 0, command.length + 2, 1, 3])
    return Buffer.concat([header, command])
  })
  const body = Buffer.concat(values)
  peer.send(Buffer.concat([Buffer.from([4, 0, 0, 0, 0, body.length]), body]))
  expect((await peer.nextCommand())?.messageIDBeingRespondedTo).toBe(1)
  expect((await peer.nextCommand())?.messageIDBeingRespondedTo).toBe(2)
})

test('a release is confirmed', async () => {
  await open()
  const { peer } = await associate()
  peer.send(releasePdu)
  expect((await peer.next())?.type).toBe(6)
  expect((await here.seen('associationEnded'))[0]?.how).toBe('released')
})

test('the socket is closed when the caller aborts', async () => {
  await open()
  const { peer } = await associate()
  peer.send(abortPdu)
  expect(await peer.closed()).toBe(true)
})

test('a caller that says nothing is let go by ARTIM', async () => {
  await open({ artimTimeoutMs: 200 })
  const peer = await dial()
  expect(await peer.closed(20_000)).toBe(true)
})

test('half an association request is let go by ARTIM', async () => {
  await open({ artimTimeoutMs: 200 })
  const peer = await dial()
  peer.send(bytes('0100000000c80001'))
  expect(await peer.closed(20_000)).toBe(true)
})

test('an association on which nothing happens is aborted after the idle time', async () => {
  await open({ idleTimeoutMs: 200 })
  const { peer } = await associate()
  expect((await peer.next(20_000))?.type).toBe(7)
  expect((await here.seen('associationEnded'))[0]?.how).toBe('timed-out')
})

test('single bytes now and then are no progress', async () => {
  await open({ idleTimeoutMs: 300 })
  const { peer } = await associate()
  peer.send(bytes('040000010000'))
  const drip = setInterval(() => peer.send(Buffer.alloc(1)), 20)
  const pdu = await peer.next(20_000)
  clearInterval(drip)
  expect(pdu?.type).toBe(7)
})

test.each([
  ['a PDU of 4 GB', '0400ffffffff', 6],
  ['an unknown PDU', 'ff0000000004', 1],
  ['an association request within an association', `0100000000c8${'00'.repeat(200)}`, 2],
])('%s is answered with A-ABORT and its reason', async (_, hex, reason) => {
  await open()
  const { peer } = await associate()
  peer.send(bytes(hex))
  const pdu = await peer.next()
  expect([pdu?.type, pdu?.body[2], pdu?.body[3]]).toEqual([7, 2, reason])
  expect(await echoTime()).toBeLessThan(10_000)
})

test('a command element of 2 GB is answered with A-ABORT', async () => {
  await open()
  const { peer } = await associate()
  peer.send(bytes('0400000000120000000e010300000001ffffff7f3000'.padEnd(48, '0')))
  expect((await peer.next())?.type).toBe(7)
  expect(await echoTime()).toBeLessThan(10_000)
})

test('a command set without end is cut off at 64 KB', async () => {
  await open()
  const { peer } = await associate()
  const fragment = Buffer.alloc(16_384 + 12)
  fragment.write('040000004006000040020101', 'hex')
  for (let i = 0; i < 5; i += 1) peer.send(fragment)
  expect((await peer.next())?.type).toBe(7)
})

test('a peer that speaks HTTP is answered by closing, not by waiting', async () => {
  await open()
  const peer = await dial()
  peer.send(Buffer.from('GET / HTTP/1.1\r\n\r\n'))
  expect((await peer.next(20_000))?.type).toBe(7)
})

test('association requests that break the protocol are rejected or aborted with the right reason', async () => {
  await open()
  const { encodeAssociateRequest } = await import('../upperLayer/associatePdu.ts')
  const request = () =>
    encodeAssociateRequest({
      calledAETitle: 'NEGATOSCOPE',
      callingAETitle: 'SCRIPTED',
      contexts: [],
      maxPduLength: 0,
      implementationClassUID: '1.2',
      implementationVersionName: '',
      roles: [],
      extended: [],
    })
  const answer = async (change: (pdu: Buffer) => void) => {
    const peer = await dial()
    const pdu = Buffer.from(request())
    change(pdu)
    peer.send(pdu)
    const { type, body } = (await peer.next()) ?? {}
    return [type, ...reasonOf(body)]
  }
  expect(await answer((pdu) => pdu.writeUInt16BE(2, 6))).toEqual([3, 1, 2, 2])
  expect(await answer((pdu) => pdu.write('2', 78))).toEqual([3, 1, 1, 2])
  expect(await answer((pdu) => pdu.fill(' ', 26, 42))).toEqual([3, 1, 1, 3])
  expect(await answer((pdu) => pdu.write('A\\B', 26))).toEqual([3, 1, 1, 3])
  expect(await answer((pdu) => pdu.fill(0, 10, 26))).toEqual([3, 1, 1, 7])
  expect(await answer((pdu) => pdu.writeUInt16BE(0xffff, 76))).toEqual([7, 0, 0, 0])
})

test('with all checks the called AE title must be ours, and the caller and its address known', async () => {
  const known = [
    { aeTitle: 'CT1', host: '127.0.0.1', preferredTransferSyntaxUID: '' },
    { aeTitle: 'CT2', host: 'localhost', preferredTransferSyntaxUID: '' },
    { aeTitle: 'CT3', host: '192.0.2.1', preferredTransferSyntaxUID: '' },
  ]
  await open({ checks: allChecks, known })
  const rejection = async (proposal: Parameters<typeof ask>[0]) => {
    const pdu = await (await ask(proposal)).next()
    return pdu?.type === 3 ? reasonOf(pdu.body) : pdu?.type
  }
  expect(await rejection({ callingAETitle: 'CT1' })).toBe(2)
  expect(await rejection({ callingAETitle: 'CT2' })).toBe(2)
  expect(await rejection({ callingAETitle: 'CT3' })).toEqual([1, 1, 3])
  expect(await rejection({ callingAETitle: 'ct1' })).toEqual([1, 1, 3])
  expect(await rejection({ callingAETitle: 'STRANGER' })).toEqual([1, 1, 3])
  expect(await rejection({ callingAETitle: 'CT1', calledAETitle: 'OTHER' })).toEqual([1, 1, 7])
  const events = await here.seen('associationRejected', 4)
  expect(events[0]).toMatchObject({
    party: { callingAETitle: 'CT3', calledAETitle: 'NEGATOSCOPE', address: '127.0.0.1' },
    reason: 3,
    note: 'The calling AE title is known, but not from the address 127.0.0.1',
  })
  await expect(
    echo(peerAt(here.port, { callingAETitle: 'STRANGER' }), new AbortController().signal),
  ).rejects.toMatchObject({
    code: 'REJECTED',
    details: { rejection: { result: 1, source: 1, reason: 7 } },
  })
})

test('a preferred transfer syntax is chosen when that caller proposes it', async () => {
  const preferred = '1.2.840.10008.1.2.4.70'
  await open({ known: [{ aeTitle: 'CT1', host: '127.0.0.1', preferredTransferSyntaxUID: preferred }] })
  const contexts = [
    { id: 1, abstractSyntax: '1.2.840.10008.5.1.4.1.1.2', transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN, preferred] },
  ]
  const { accept } = await associate({ callingAETitle: 'CT1', contexts })
  expect(accept.contexts[0]?.transferSyntax).toBe(preferred)
  const other = await associate({ callingAETitle: 'CT2', contexts })
  expect(other.accept.contexts[0]?.transferSyntax).toBe(IMPLICIT_VR_LITTLE_ENDIAN)
})

test('beyond the limit an association is rejected for now; one that ended makes room', async () => {
  await open({ maxAssociations: 2 })
  const first = await associate()
  await associate()
  const refused = await (await ask()).next()
  expect([refused?.type, ...reasonOf(refused?.body)]).toEqual([3, 2, 3, 2])
  first.peer.send(releasePdu)
  await first.peer.next()
  await associate()
})

test('sixty silent connections and twenty slow senders do not keep a C-ECHO waiting', async () => {
  await open()
  for (let i = 0; i < 60; i += 1) await dial()
  for (let i = 0; i < 20; i += 1) (await ask()).send(bytes('0400000100000000'))
  expect(await echoTime()).toBeLessThan(10_000)
})

test('role selection and extended negotiation that nobody asked for are not answered; roles are', async () => {
  await open({ services: { storage: true, queryRetrieve: false, storageCommitment: true } })
  const { encodeAssociateRequest } = await import('../upperLayer/associatePdu.ts')
  const peer = await dial()
  peer.send(
    encodeAssociateRequest({
      calledAETitle: 'X',
      callingAETitle: 'Y',
      contexts: [{ id: 1, abstractSyntax: '1.2.840.10008.5.1.4.1.1.2', transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN] }],
      maxPduLength: 0,
      implementationClassUID: '1.2',
      implementationVersionName: '',
      roles: [{ sopClassUID: '1.2.840.10008.5.1.4.1.1.2', scu: true, scp: true }],
      extended: [{ sopClassUID: '1.2.840.10008.5.1.4.1.1.2', information: Buffer.from([2, 0, 3, 0, 1, 0]) }],
    }),
  )
  const { decodeAssociateAccept } = await import('../upperLayer/decodeAssociate.ts')
  const accept = decodeAssociateAccept((await peer.next())?.body ?? Buffer.alloc(0))
  expect(accept.roles).toEqual([{ sopClassUID: '1.2.840.10008.5.1.4.1.1.2', scu: true, scp: false }])
  expect(accept.extended).toEqual([])
})

test('the listener binds to one address, moves, and stays when it cannot', async () => {
  await open()
  const other = await ScriptedPeer.dial(here.port)
  other.destroy()
  await expect(here.node.listen({ host: '192.0.2.1', port: 0 })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' })
  expect(await echoTime()).toBeLessThan(10_000)
  const { port } = await here.node.listen({ host: '127.0.0.1', port: 0 })
  expect(port).not.toBe(here.port)
  await expect(echo(peerAt(here.port), new AbortController().signal)).rejects.toMatchObject({ code: 'REFUSED' })
  await echo(peerAt(port), new AbortController().signal)
  await expect(here.node.listenExtra({ host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  const extra = await here.node.listenExtra({ host: '127.0.0.1', port: 0 })
  await echo(peerAt(extra.port), new AbortController().signal)
  await here.node.closeExtra(extra.port)
  await expect(echo(peerAt(extra.port), new AbortController().signal)).rejects.toMatchObject({ code: 'REFUSED' })
})
