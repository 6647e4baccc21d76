import { afterEach, expect, test } from 'vitest'
import { CT_IMAGE, STUDY_ROOT_FIND, VERIFICATION } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import type { KnownDevice, NodeConfiguration } from '../nodeApi.ts'
import { hasDcmtk, runTool } from '../testing/dcmtk.ts'
import { type Proposal, ScriptedPeer } from '../testing/scriptedPeer.ts'
import { openTestNode, type TestNode } from '../testing/testNode.ts'
import { ctObject, storeRequest } from '../testing/testObject.ts'
import { encodeAssociateRequest } from '../upperLayer/associatePdu.ts'
import { decodeAssociateAccept } from '../upperLayer/decodeAssociate.ts'

let here: TestNode
const peers: ScriptedPeer[] = []
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy()
  await here.close()
})

const NONE = { calledAETitle: false, callingAETitle: false, address: false }
const known: KnownDevice[] = [
  { aeTitle: 'CT1', host: '127.0.0.1', preferredTransferSyntaxUID: '' },
  { aeTitle: 'CT2', host: '192.0.2.7', preferredTransferSyntaxUID: '' },
]
const verification = { id: 1, abstractSyntax: VERIFICATION, transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN] }
const storage = { id: 3, abstractSyntax: CT_IMAGE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] }
const echoRequest = { commandField: 0x0030, hasDataSet: false, affectedSOPClassUID: VERIFICATION, messageID: 1 }

async function open(options: Partial<NodeConfiguration>) {
  here = await openTestNode({ known, ...options })
}

/** `accepted`, or result, source and reason of the refusal. */
async function answer(callingAETitle: string, calledAETitle = 'NEGATOSCOPE', proposal: Proposal = {}) {
  const peer = await ScriptedPeer.ask(here.port, { callingAETitle, calledAETitle, ...proposal })
  peers.push(peer)
  const pdu = await peer.next()
  return pdu?.type === 2 ? 'accepted' : [...(pdu?.body ?? [])].slice(1)
}

const CALLING = [1, 1, 3]
const CALLED = [1, 1, 7]

test.each([
  ['none', {}, ['accepted', 'accepted', 'accepted', 'accepted']],
  ['the called AE title', { calledAETitle: true }, ['accepted', 'accepted', 'accepted', CALLED]],
  ['the calling AE title', { callingAETitle: true }, ['accepted', 'accepted', CALLING, 'accepted']],
  ['the address', { address: true }, ['accepted', 'accepted', 'accepted', 'accepted']],
  ['calling AE title and address', { callingAETitle: true, address: true }, ['accepted', CALLING, CALLING, 'accepted']],
  ['all three', { calledAETitle: true, callingAETitle: true, address: true }, ['accepted', CALLING, CALLING, CALLED]],
])('with %s checked each caller gets its answer', async (_, checks, expected) => {
  await open({ checks: { ...NONE, ...checks } })
  const answers = [await answer('CT1'), await answer('CT2'), await answer('STRANGER'), await answer('CT1', 'SOMEBODY')]
  expect(answers).toEqual(expected)
})

test('with the address alone checked, who is at none of the list is refused whatever its name', async () => {
  await open({ checks: { ...NONE, address: true }, known: known.slice(1) })
  expect(await answer('CT2')).toEqual(CALLING)
  expect((await here.seen('associationRejected'))[0]?.note).toBe(
    'The address 127.0.0.1 is not among those of the devices and servers',
  )
})

test('an unknown caller is refused with its echo, unless a setting lets it test the connection, and nothing else', async () => {
  await open({ checks: { ...NONE, callingAETitle: true } })
  expect(await answer('STRANGER')).toEqual(CALLING)
  await here.node.configure({ ...here.configuration, answerUnknownEcho: true })
  const peer = await ScriptedPeer.ask(here.port, { callingAETitle: 'STRANGER', contexts: [verification, storage] })
  peers.push(peer)
  const accept = decodeAssociateAccept((await peer.next())?.body ?? Buffer.alloc(0))
  expect(accept.contexts.map(({ id, result }) => [id, result])).toEqual([
    [1, 0],
    [3, 1],
  ])
  peer.message(1, echoRequest)
  expect((await peer.nextCommand())?.status).toBe(0)
  const object = ctObject()
  peer.message(3, storeRequest(object), object.dataSet)
  expect((await peer.next())?.type).toBe(7)
  expect((await here.archive.reader.totals()).instances).toBe(0)
  // Who does not even propose the test has nothing to ask here.
  expect(await answer('STRANGER', 'NEGATOSCOPE', { contexts: [storage] })).toEqual(CALLING)
  // The called AE title is no matter of knowing the caller.
  await here.node.configure({
    ...here.configuration,
    checks: { ...NONE, calledAETitle: true },
    answerUnknownEcho: true,
  })
  expect(await answer('STRANGER', 'SOMEBODY')).toEqual(CALLED)
})

test('who connected before a check was switched on, and asks after it, is checked', async () => {
  await open({})
  const early = await ScriptedPeer.dial(here.port)
  peers.push(early)
  await here.node.configure({ ...here.configuration, checks: { ...NONE, callingAETitle: true } })
  early.send(
    encodeAssociateRequest({
      ...{ calledAETitle: 'NEGATOSCOPE', callingAETitle: 'STRANGER', contexts: [verification], maxPduLength: 0 },
      ...{ implementationClassUID: '1.2', implementationVersionName: '', roles: [], extended: [] },
    }),
  )
  expect([...((await early.next())?.body ?? [])].slice(1)).toEqual(CALLING)
})

test('a peer that offers only Verification and Storage works (R151)', async () => {
  await open({ checks: { calledAETitle: true, callingAETitle: true, address: true } })
  const find = { id: 5, abstractSyntax: STUDY_ROOT_FIND, transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN] }
  expect(await answer('CT1', 'NEGATOSCOPE', { contexts: [find] })).toBe('accepted')
  const { peer } = await ScriptedPeer.open(here.port, { callingAETitle: 'CT1', contexts: [verification, storage] })
  peers.push(peer)
  peer.message(1, echoRequest)
  expect((await peer.nextCommand())?.status).toBe(0)
  const object = ctObject()
  peer.message(3, storeRequest(object), object.dataSet)
  expect((await peer.nextCommand())?.status).toBe(0)
})

test('the log of the listener tells what was proposed and what was accepted', async () => {
  await open({ checks: { ...NONE, callingAETitle: true } })
  await answer('CT1', 'NEGATOSCOPE', { contexts: [verification, { ...storage, transferSyntaxes: ['1.2.3.4'] }] })
  await answer('STRANGER\x01', 'NEGATOSCOPE', { contexts: [{ ...storage, abstractSyntax: '1.2\n3' }] })
  const [accepted] = await here.seen('associationAccepted')
  expect(accepted?.proposal.contexts).toEqual([
    {
      abstractSyntax: VERIFICATION,
      transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN],
      result: 0,
      transferSyntax: IMPLICIT_VR_LITTLE_ENDIAN,
    },
    { abstractSyntax: CT_IMAGE, transferSyntaxes: ['1.2.3.4'], result: 4, transferSyntax: '' },
  ])
  const [rejected] = await here.seen('associationRejected')
  expect(rejected?.party.callingAETitle).toBe('STRANGER?')
  expect(rejected?.proposal.contexts).toMatchObject([{ result: null }])
  expect(JSON.stringify(rejected)).not.toContain('\\n')
})

test.skipIf(!hasDcmtk)('echoscu reads the reasons of our refusals', async () => {
  await open({ checks: { calledAETitle: true, callingAETitle: true, address: true } })
  const echoscu = (calling: string, called: string) =>
    runTool('echoscu', ['-v', '-aet', calling, '-aec', called, '127.0.0.1', String(here.port)])
  expect((await echoscu('CT1', 'NEGATOSCOPE')).code).toBe(0)
  expect((await echoscu('CT1', 'OTHER')).output).toContain('Called AE Title Not Recognized')
  expect((await echoscu('STRANGER', 'NEGATOSCOPE')).output).toContain('Calling AE Title Not Recognized')
  await here.node.configure({ ...here.configuration, answerUnknownEcho: true })
  expect((await echoscu('STRANGER', 'NEGATOSCOPE')).code).toBe(0)
})
