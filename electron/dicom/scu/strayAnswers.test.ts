import { afterEach, expect, test } from 'vitest'
import { AssociationError } from '../associationError.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { encodeMessage } from '../dimse/encodeMessage.ts'
import { encodeIdentifier } from '../dimse/identifier.ts'
import type { FindQuery, SendOutcome } from '../nodeApi.ts'
import { acceptAssociation, type ScriptedPeer, scriptedServer } from '../testing/scriptedPeer.ts'
import { peerAt } from '../testing/testNode.ts'
import { storedFile } from '../testing/testObject.ts'
import { echo } from './echo.ts'
import { find } from './find.ts'
import { acceptedRoot, proposedRoots } from './queryRoot.ts'
import { Requestor } from './requestor.ts'
import { send } from './send.ts'

let close = () => {}
afterEach(() => close())

async function listen(script: (peer: ScriptedPeer) => Promise<void>): Promise<number> {
  const server = await scriptedServer(script)
  close = server.close
  return server.port
}

const query: FindQuery = { level: 'STUDY', keys: { PatientName: 'TEST*', StudyInstanceUID: '' } }
const signal = () => new AbortController().signal

async function failureOf(run: () => Promise<unknown>): Promise<AssociationError> {
  try {
    await run()
  } catch (error) {
    if (error instanceof AssociationError) return error
    throw error
  }
  throw new Error('It went well')
}

const right = { commandField: 0x8030, hasDataSet: false, messageIDBeingRespondedTo: 1, status: 0 }
const strayAnswers: { name: string; contextId: number; answer: CommandSet; note: string }[] = [
  {
    name: 'of another message ID',
    contextId: 1,
    answer: { ...right, messageIDBeingRespondedTo: 2 },
    note: 'another request',
  },
  {
    name: 'without message ID',
    contextId: 1,
    answer: { commandField: 0x8030, hasDataSet: false, status: 0 },
    note: 'another request',
  },
  { name: 'to another operation', contextId: 1, answer: { ...right, commandField: 0x8001 }, note: 'another kind' },
  {
    name: 'that is pending where one answer belongs',
    contextId: 1,
    answer: { ...right, status: 0xff00 },
    note: 'pending',
  },
  { name: 'in a context that was never accepted', contextId: 3, answer: right, note: 'was not accepted' },
]

for (const { name, contextId, answer, note } of strayAnswers)
  test(`an answer ${name} is none`, async () => {
    const port = await listen(async (peer) => {
      await acceptAssociation(peer)
      await peer.nextCommand()
      peer.message(contextId, answer)
    })
    const error = await failureOf(() => echo(peerAt(port), signal()))
    expect(error.code).toBe('ABORTED')
    expect(error.message).toContain(note)
  })

test('an answer that nobody took is none to the next request', async () => {
  const port = await listen(async (peer) => {
    await acceptAssociation(peer)
    await peer.nextCommand()
    await peer.nextData()
    const match = encodeIdentifier({ StudyInstanceUID: '1.2.3' }, '1.2.840.10008.1.2.1')
    const answer = { commandField: 0x8020, messageIDBeingRespondedTo: 1 }
    const pending = encodeMessage(1, { ...answer, hasDataSet: true, status: 0xff00 }, match, 16_384)
    peer.send(
      Buffer.concat([pending, encodeMessage(1, { ...answer, hasDataSet: false, status: 0 }, undefined, 16_384)]),
    )
  })
  const requestor = await Requestor.open(peerAt(port), proposedRoots('FIND', 'study'), signal())
  const { context } = acceptedRoot(requestor, 'FIND', peerAt(port))
  const command = { commandField: 0x0020, hasDataSet: true, affectedSOPClassUID: context.abstractSyntax, priority: 0 }
  const keys = encodeIdentifier({ StudyInstanceUID: '' }, context.transferSyntax)
  requestor.send(context, { ...command, messageID: requestor.nextMessageID() }, keys)
  expect((await requestor.next()).command.status).toBe(0xff00)
  const error = await failureOf(async () =>
    requestor.send(context, { ...command, messageID: requestor.nextMessageID() }, keys),
  )
  expect(error).toMatchObject({ code: 'ABORTED', message: expect.stringContaining('more often than it was asked') })
  expect(requestor.isOpen).toBe(false)
})

test('a peer that answers more often than it was asked never makes a refused object a sent one', async () => {
  const answers = [[0xff00, 0x0000], [0xa700], [0x0000]]
  const port = await listen(async (peer) => {
    await acceptAssociation(peer)
    for (let command = await peer.nextCommand(); command; command = await peer.nextCommand()) {
      await peer.nextData()
      const { affectedSOPInstanceUID = '', messageID = 0 } = command
      const answer = { commandField: 0x8001, hasDataSet: false, messageIDBeingRespondedTo: messageID }
      for (const status of answers.shift() ?? []) peer.message(1, { ...answer, affectedSOPInstanceUID, status })
    }
    peer.send(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
  })
  const outcomes: SendOutcome[] = []
  for await (const outcome of send(peerAt(port), [storedFile(1), storedFile(2), storedFile(3)], signal()))
    outcomes.push(outcome)
  expect(outcomes.map(({ outcome, status }) => [outcome, status])).toEqual([
    ['failure', undefined],
    ['failure', 0xa700],
    ['success', 0],
  ])
  expect(outcomes[0]?.note).toContain('answered as pending')
})

test('an answer that came before the request is none', async () => {
  const port = await listen(async (peer) => {
    await acceptAssociation(peer)
    peer.message(1, right)
  })
  const error = await failureOf(() => echo(peerAt(port), signal()))
  expect(error.code).toBe('ABORTED')
})

test('a match that belongs to another query is not shown', async () => {
  const port = await listen(async (peer) => {
    await acceptAssociation(peer)
    await peer.nextCommand()
    await peer.nextData()
    const match = encodeIdentifier({ StudyInstanceUID: '1.2.3' }, '1.2.840.10008.1.2.1')
    peer.message(1, { commandField: 0x8020, hasDataSet: true, messageIDBeingRespondedTo: 9, status: 0xff00 }, match)
  })
  const matches: unknown[] = []
  const error = await failureOf(async () => {
    for await (const match of find(peerAt(port), query, signal())) matches.push(match)
  })
  expect(error.code).toBe('ABORTED')
  expect(matches).toEqual([])
})

test('a peer that sends values without bytes for ever is left after the DIMSE timeout', async () => {
  const port = await listen(async (peer) => {
    await acceptAssociation(peer)
    await peer.nextCommand()
    const empty = Buffer.from([4, 0, 0, 0, 0, 6, 0, 0, 0, 2, 1, 1])
    const many = Buffer.concat(Array.from({ length: 1000 }, () => empty))
    while (!peer.isClosed) {
      peer.send(many)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })
  const startedAt = performance.now()
  const error = await failureOf(() => echo(peerAt(port, { dimseTimeoutMs: 500, connectTimeoutMs: 1000 }), signal()))
  expect(error.code).toBe('TIMED_OUT')
  expect(performance.now() - startedAt).toBeLessThan(20_000)
})

test('matches that say nothing are no matches, however many come', async () => {
  const port = await listen(async (peer) => {
    await acceptAssociation(peer)
    await peer.nextCommand()
    await peer.nextData()
    while (!peer.isClosed) {
      peer.message(1, { ...right, commandField: 0x8020, status: 0xff00 })
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  })
  const error = await failureOf(async () => {
    for await (const _ of find(peerAt(port), query, signal())) throw new Error('A match came')
  })
  expect(error.code).toBe('ABORTED')
})
