import { afterEach, expect, test } from 'vitest'
import { failureReason, WAITING_MAX } from '#electron/commitment/commitment.ts'
import { CT_IMAGE } from '#shared/dicom/sopClass.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { commandField } from '../dimse/commandField.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import {
  decodeCommitment,
  encodeCommitmentReport,
  encodeCommitmentRequest,
  STORAGE_COMMITMENT_INSTANCE,
  STORAGE_COMMITMENT_PUSH,
} from '../dimse/storageCommitment.ts'
import { acceptAssociation, ScriptedPeer, scriptedServer } from '../testing/scriptedPeer.ts'
import { openTestNode, peerAt, type TestNode } from '../testing/testNode.ts'

const closing: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function open(): Promise<TestNode> {
  const here = await openTestNode()
  closing.push(() => here.close())
  return here
}

const contexts = [{ id: 1, abstractSyntax: STORAGE_COMMITMENT_PUSH, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] }]
const references = [{ sopClassUID: CT_IMAGE, sopInstanceUID: '1.2.3.4' }]
const signal = new AbortController().signal

function action(more: Partial<CommandSet> = {}): CommandSet {
  return {
    commandField: commandField.nActionRequest,
    hasDataSet: true,
    messageID: 7,
    requestedSOPClassUID: STORAGE_COMMITMENT_PUSH,
    requestedSOPInstanceUID: STORAGE_COMMITMENT_INSTANCE,
    actionTypeID: 1,
    ...more,
  }
}

function event(more: Partial<CommandSet> = {}): CommandSet {
  return {
    commandField: commandField.nEventReportRequest,
    hasDataSet: true,
    messageID: 9,
    affectedSOPClassUID: STORAGE_COMMITMENT_PUSH,
    affectedSOPInstanceUID: STORAGE_COMMITMENT_INSTANCE,
    eventTypeID: 1,
    ...more,
  }
}

test('both informations are read as they were written, in each uncompressed syntax', () => {
  const report = {
    transactionUID: '1.2.3',
    committed: [...references, { sopClassUID: CT_IMAGE, sopInstanceUID: '1.2.3.45' }],
    failed: [{ sopClassUID: CT_IMAGE, sopInstanceUID: '1.2.9', reason: failureReason.noSuchObjectInstance }],
  }
  for (const syntax of [IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN]) {
    expect(decodeCommitment(encodeCommitmentReport(report, syntax), syntax)).toEqual({ ...report, unusable: 0 })
    expect(decodeCommitment(encodeCommitmentRequest('1.2.3', references, syntax), syntax)).toEqual({
      ...{ transactionUID: '1.2.3', committed: references, failed: [], unusable: 0 },
    })
  }
})

test('a request is on disk before it is answered, and the same one again is the same', async () => {
  const here = await open()
  const { peer } = await ScriptedPeer.open(here.port, { contexts, callingAETitle: 'CT1' })
  for (let time = 0; time < 2; time += 1) {
    peer.message(1, action(), encodeCommitmentRequest('1.2.3', references, EXPLICIT_VR_LITTLE_ENDIAN))
    expect(await peer.nextCommand()).toMatchObject({
      commandField: commandField.nActionResponse,
      messageIDBeingRespondedTo: 7,
      affectedSOPInstanceUID: STORAGE_COMMITMENT_INSTANCE,
      actionTypeID: 1,
      status: 0,
    })
    expect(await here.archive.reader.dueCommitments(Date.now())).toMatchObject([
      { transactionUID: '1.2.3', callingAETitle: 'CT1', calledAETitle: 'NEGATOSCOPE', references },
    ])
  }
  expect(await here.seen('commitmentRequested', 2)).toHaveLength(2)
  peer.destroy()
})

test('where only answers to our own questions are taken, those of others are refused', async () => {
  const here = await open()
  await here.node.configure({ ...here.configuration, onlyCommitmentReports: true })
  const transactionUID = newUID()
  await ask(here, transactionUID)
  const { peer } = await ScriptedPeer.open(here.port, { contexts })
  peer.message(1, action(), encodeCommitmentRequest('1.2.3', references, EXPLICIT_VR_LITTLE_ENDIAN))
  expect((await peer.nextCommand())?.status).toBe(0x0124)
  const report = { transactionUID, committed: references, failed: [] }
  peer.message(1, event(), encodeCommitmentReport(report, EXPLICIT_VR_LITTLE_ENDIAN))
  expect((await peer.nextCommand())?.status).toBe(0)
  peer.destroy()
})

test('a transaction UID that is used for another list is answered as such', async () => {
  const here = await open()
  const { peer } = await ScriptedPeer.open(here.port, { contexts })
  const other = [{ sopClassUID: CT_IMAGE, sopInstanceUID: '1.2.3.5' }]
  for (const list of [references, other]) {
    peer.message(1, action(), encodeCommitmentRequest('1.2.3', list, EXPLICIT_VR_LITTLE_ENDIAN))
    expect((await peer.nextCommand())?.status).toBe(0)
  }
  const due = await here.archive.reader.dueCommitments(Date.now())
  expect(due.map(({ failed }) => failed)).toEqual([
    undefined,
    [{ ...other[0], reason: failureReason.duplicateTransactionUID }],
  ])
  peer.destroy()
})

test('a peer that asks for more than can wait is refused in words, and others are not', async () => {
  const here = await open()
  const keep = (transactionUID: string, callingAETitle: string) =>
    here.archive.writer.beginCommitment({
      ...{ transactionUID, callingAETitle, calledAETitle: 'NEGATOSCOPE', address: '127.0.0.1', associationId: '' },
      ...{ requestedAt: Date.now(), references },
    })
  await Promise.all(Array.from({ length: WAITING_MAX.requests }, (_, at) => keep(`1.2.3.${at + 1}`, 'CT1')))
  const asked = async (callingAETitle: string, transactionUID: string) => {
    const { peer } = await ScriptedPeer.open(here.port, { contexts, callingAETitle })
    peer.message(1, action(), encodeCommitmentRequest(transactionUID, references, EXPLICIT_VR_LITTLE_ENDIAN))
    const answer = await peer.nextCommand()
    peer.destroy()
    return answer
  }
  expect(await asked('CT1', '1.2.4')).toMatchObject({
    status: 0x0213,
    errorComment: 'Too many of your transactions wait for their answer',
  })
  expect(await asked('CT1', '1.2.3.1')).toMatchObject({ status: 0 })
  expect(await asked('CT2', '1.2.4')).toMatchObject({ status: 0 })
})

test('answered requests are forgotten beyond a bound, the oldest first', async () => {
  const here = await open()
  const { writer, reader } = here.archive
  const list = Array.from({ length: 20_000 }, (_, at) => ({ sopClassUID: CT_IMAGE, sopInstanceUID: `1.2.3.${at}` }))
  const keep = (transactionUID: string) =>
    writer.beginCommitment({
      ...{ transactionUID, callingAETitle: 'CT1', calledAETitle: 'NEGATOSCOPE', address: '127.0.0.1' },
      ...{ associationId: '', requestedAt: Date.now(), references: list },
    })
  const ended = { attempts: 1, nextAttemptAt: 0, endedAt: Date.now(), note: '' }
  const ids: number[] = []
  for (let at = 0; at < 17; at += 1) {
    const requestId = (await keep(`1.2.3.${at + 1}`)) ?? -1
    ids.push(requestId)
    await writer.saveCommitmentAttempt(requestId, ended)
  }
  expect(new Set(ids).size).toBe(17)
  // the latest is known again, the first one is a new one
  expect(await keep('1.2.3.17')).toBe(ids[16])
  await writer.saveCommitmentAttempt(ids[16] ?? -1, ended)
  expect(await keep('1.2.3.1')).not.toBe(ids[0])
  expect(await reader.dueCommitments(Date.now() + 1000)).toHaveLength(1)
})

test.each([
  ['another instance than the well-known one', 0x0112, action({ requestedSOPInstanceUID: '1.2.3' }), undefined],
  ['an action that does not exist', 0x0123, action({ actionTypeID: 2 }), undefined],
  ['no data set', 0x0115, action({ hasDataSet: false }), null],
  ['garbage', 0x0115, action(), Buffer.from('this is no data set at all')],
  ['no transaction UID', 0x0115, action(), encodeCommitmentRequest('', references, EXPLICIT_VR_LITTLE_ENDIAN)],
  ['an empty list', 0x0115, action(), encodeCommitmentRequest('1.2', [], EXPLICIT_VR_LITTLE_ENDIAN)],
  [
    'an item without a UID',
    0x0115,
    action(),
    encodeCommitmentRequest('1.2', [{ sopClassUID: CT_IMAGE, sopInstanceUID: '../x' }], EXPLICIT_VR_LITTLE_ENDIAN),
  ],
  ['more than anybody asks for', 0x0213, action(), Buffer.alloc(9_000_000, 1)],
  ['a report on nothing that we asked', 0x0115, event(), undefined],
  ['an event that does not exist', 0x0113, event({ eventTypeID: 3 }), undefined],
])('%s is refused and leaves nothing', async (_, status, command, dataSet) => {
  const here = await open()
  const { peer } = await ScriptedPeer.open(here.port, { contexts })
  const bytes =
    dataSet === undefined ? encodeCommitmentRequest('1.2.3', references, EXPLICIT_VR_LITTLE_ENDIAN) : dataSet
  peer.message(1, command, bytes ?? undefined)
  expect((await peer.nextCommand())?.status).toBe(status)
  expect(await here.archive.reader.dueCommitments(Date.now())).toEqual([])
  peer.destroy()
})

test('the answer goes over the association that asked while it is open, else over one of our own, as SCP', async () => {
  const here = await open()
  const report = { transactionUID: '1.2.3', committed: references, failed: [] }
  const { peer } = await ScriptedPeer.open(here.port, { contexts })
  peer.message(1, action(), encodeCommitmentRequest('1.2.3', references, EXPLICIT_VR_LITTLE_ENDIAN))
  await peer.nextCommand()
  const [due] = await here.archive.reader.dueCommitments(Date.now())
  const associationId = due?.associationId ?? ''
  const told = here.node.reportCommitment(associationId, undefined, report, signal)
  const command = await peer.nextCommand()
  expect(command).toMatchObject({ commandField: commandField.nEventReportRequest, eventTypeID: 1 })
  expect(decodeCommitment(await peer.nextData(), EXPLICIT_VR_LITTLE_ENDIAN)).toMatchObject(report)
  peer.message(1, { ...answerTo(command), status: 0 })
  await told
  peer.destroy()
  await here.seen('associationEnded')

  await expect(here.node.reportCommitment(associationId, undefined, report, signal)).rejects.toMatchObject({
    code: 'LOST',
  })
  const failing = { ...report, committed: [], failed: [{ ...references[0]!, reason: failureReason.processingFailure }] }
  let seen: { command: CommandSet | undefined; dataSet: Buffer; roles: unknown } | undefined
  const requester = await scriptedServer(async (caller) => {
    const { roles } = await acceptAssociation(caller)
    const asked = await caller.nextCommand()
    seen = { command: asked, dataSet: await caller.nextData(), roles }
    caller.message(1, { ...answerTo(asked), status: 0 })
    await caller.next()
    caller.send(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
  })
  closing.push(requester.close)
  await here.node.reportCommitment(associationId, peerAt(requester.port), failing, signal)
  expect(seen?.command?.eventTypeID).toBe(2)
  expect(seen?.roles).toEqual([{ sopClassUID: STORAGE_COMMITMENT_PUSH, scu: false, scp: true }])
  expect(decodeCommitment(seen?.dataSet ?? Buffer.alloc(0), EXPLICIT_VR_LITTLE_ENDIAN)).toMatchObject(failing)
})

function answerTo(request: CommandSet | undefined): CommandSet {
  return {
    commandField: commandField.nEventReportResponse,
    hasDataSet: false,
    messageIDBeingRespondedTo: request?.messageID ?? 0,
    affectedSOPClassUID: STORAGE_COMMITMENT_PUSH,
  }
}

test('a requester that does not acknowledge the answer has not been told', async () => {
  const here = await open()
  const refusing = await scriptedServer(async (caller) => {
    await acceptAssociation(caller)
    const asked = await caller.nextCommand()
    await caller.nextData()
    caller.message(1, { ...answerTo(asked), status: 0x0110 })
    await caller.next()
  })
  closing.push(refusing.close)
  const report = { transactionUID: '1.2.3', committed: references, failed: [] }
  await expect(here.node.reportCommitment('', peerAt(refusing.port), report, signal)).rejects.toMatchObject({
    code: 'DIMSE',
    details: { status: 0x0110 },
  })
})

async function ask(here: TestNode, transactionUID: string) {
  await here.archive.writer.askCommitment({ transactionUID, transferId: 't1', askedAt: Date.now(), references })
}

test('what we ask is answered on the same association', async () => {
  const here = await open()
  const transactionUID = newUID()
  const server = await scriptedServer(async (peer) => {
    await acceptAssociation(peer)
    const command = await peer.nextCommand()
    const asked = decodeCommitment(await peer.nextData(), EXPLICIT_VR_LITTLE_ENDIAN)
    // the report may come before the response to the request
    peer.message(1, event(), encodeCommitmentReport(asked, EXPLICIT_VR_LITTLE_ENDIAN))
    peer.message(1, {
      ...{ commandField: commandField.nActionResponse, hasDataSet: false, status: 0 },
      messageIDBeingRespondedTo: command?.messageID ?? 0,
    })
    reportAnswer = await peer.nextCommand()
    await peer.next()
    peer.send(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
  })
  let reportAnswer: CommandSet | undefined
  closing.push(server.close)
  await ask(here, transactionUID)
  const request = { transactionUID, references, waitMs: 2000 }
  expect(await here.node.requestCommitment(peerAt(server.port), request, signal)).toEqual({ answered: true })
  expect(reportAnswer).toMatchObject({ commandField: commandField.nEventReportResponse, status: 0, eventTypeID: 1 })
  expect(await here.archive.reader.commitmentsOf('t1')).toMatchObject([
    { sopInstanceUID: '1.2.3.4', state: 'committed' },
  ])
})

test('what we ask is answered on a later association, by a peer that is SCP there', async () => {
  const here = await open()
  const transactionUID = newUID()
  const server = await scriptedServer(async (peer) => {
    await acceptAssociation(peer)
    const command = await peer.nextCommand()
    await peer.nextData()
    peer.message(1, {
      ...{ commandField: commandField.nActionResponse, hasDataSet: false, status: 0 },
      messageIDBeingRespondedTo: command?.messageID ?? 0,
    })
    await peer.next()
    peer.send(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
  })
  closing.push(server.close)
  await ask(here, transactionUID)
  const request = { transactionUID, references, waitMs: 0 }
  expect(await here.node.requestCommitment(peerAt(server.port), request, signal)).toEqual({ answered: false })
  expect(await here.archive.reader.commitmentsOf('t1')).toMatchObject([{ state: 'asked' }])

  const roles = [{ sopClassUID: STORAGE_COMMITMENT_PUSH, scu: false, scp: true }]
  const { peer, accept } = await ScriptedPeer.open(here.port, { contexts, roles })
  expect(accept.roles).toEqual(roles)
  const failed = [{ ...references[0]!, reason: failureReason.noSuchObjectInstance }]
  const report = encodeCommitmentReport({ transactionUID, committed: [], failed }, EXPLICIT_VR_LITTLE_ENDIAN)
  peer.message(1, event({ eventTypeID: 2 }), report)
  expect(await peer.nextCommand()).toMatchObject({ commandField: commandField.nEventReportResponse, status: 0 })
  expect(await here.archive.reader.commitmentsOf('t1')).toMatchObject([{ state: 'refused', reason: 0x0112 }])
  expect(await here.seen('commitmentAnswered')).toMatchObject([{ transferId: 't1' }])
  peer.destroy()
})

test('a peer that refuses the request, or has no such service, is told apart', async () => {
  const here = await open()
  const refusing = await scriptedServer(async (peer) => {
    await acceptAssociation(peer)
    const command = await peer.nextCommand()
    await peer.nextData()
    peer.message(1, {
      ...{ commandField: commandField.nActionResponse, hasDataSet: false, status: 0x0110 },
      messageIDBeingRespondedTo: command?.messageID ?? 0,
    })
    await peer.next()
  })
  const without = await scriptedServer(async (peer) => {
    await acceptAssociation(peer, { answer: ({ id }) => ({ id, result: 3, transferSyntax: '' }) })
    await peer.next()
    peer.send(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
  })
  closing.push(refusing.close, without.close)
  const request = { transactionUID: newUID(), references, waitMs: 0 }
  await expect(here.node.requestCommitment(peerAt(refusing.port), request, signal)).rejects.toMatchObject({
    code: 'DIMSE',
  })
  await expect(here.node.requestCommitment(peerAt(without.port), request, signal)).rejects.toMatchObject({
    code: 'NO_CONTEXT',
  })
})
