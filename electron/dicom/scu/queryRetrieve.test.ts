import { afterEach, expect, test } from 'vitest'
import { PATIENT_ROOT_FIND, PATIENT_ROOT_MOVE, STUDY_ROOT_FIND } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN, JPEG_BASELINE } from '#shared/dicom/transferSyntax.ts'
import { encodeMessage } from '../dimse/encodeMessage.ts'
import { decodeIdentifier, encodeIdentifier, type Identifier } from '../dimse/identifier.ts'
import type { FindQuery, GetRequest, GetStep, Match, MoveProgress, Peer } from '../nodeApi.ts'
import { acceptAssociation, type ScriptedPeer, scriptedServer } from '../testing/scriptedPeer.ts'
import { openTestNode, peerAt, type TestNode } from '../testing/testNode.ts'
import { ctObject, storedFile, storeRequest } from '../testing/testObject.ts'
import { find } from './find.ts'
import { getContexts, getRoles } from './getContexts.ts'
import { move } from './move.ts'
import { send } from './send.ts'

const closing: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
const never = () => new AbortController().signal

async function node(): Promise<TestNode> {
  const here = await openTestNode()
  closing.push(() => here.close())
  return here
}

async function matches(peer: Peer, query: FindQuery): Promise<Match[]> {
  const list: Match[] = []
  for await (const match of find(peer, query, never())) list.push(match)
  return list
}

/** A server that has the Patient Root only, and answers each query by `answer`: matches, or a status. */
async function patientRootOnly(answer: (asked: Identifier) => Identifier[] | number) {
  const asked: Identifier[] = []
  const { port, close } = await scriptedServer(async (peer: ScriptedPeer) => {
    const { contexts } = await acceptAssociation(peer, {
      answer: (context) => ({ ...context, result: context.id === 3 ? 0 : 3 }),
    })
    expect(contexts[1]?.abstractSyntax).toMatch(/1\.2\.840\.10008\.5\.1\.4\.1\.2\.1\./)
    for (;;) {
      const command = await peer.nextCommand()
      if (!command) break
      const identifier = decodeIdentifier(await peer.nextData(), EXPLICIT_VR_LITTLE_ENDIAN)
      asked.push(identifier)
      const said = answer(identifier)
      const response = {
        ...{ commandField: command.commandField | 0x8000, messageIDBeingRespondedTo: command.messageID ?? 0 },
        ...{ affectedSOPClassUID: command.affectedSOPClassUID ?? '', hasDataSet: false },
      }
      for (const match of typeof said === 'number' ? [] : said)
        peer.message(
          3,
          { ...response, status: 0xff00, hasDataSet: true },
          encodeIdentifier(match, EXPLICIT_VR_LITTLE_ENDIAN),
        )
      peer.message(3, { ...response, status: typeof said === 'number' ? said : 0 })
    }
    peer.send(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
  })
  closing.push(close)
  return { peer: peerAt(port), asked }
}

test('where only the Patient Root is accepted it is asked, and the patient of a study found out first', async () => {
  const { peer, asked } = await patientRootOnly(({ QueryRetrieveLevel }) =>
    QueryRetrieveLevel === 'STUDY' ? [{ PatientID: 'P1' }] : [{ SeriesInstanceUID: '1.2.1' }],
  )
  const keys = { StudyInstanceUID: '1.2', SeriesInstanceUID: '' }
  expect(await matches(peer, { level: 'SERIES', keys })).toMatchObject([{ SeriesInstanceUID: '1.2.1' }])
  expect(asked).toMatchObject([
    { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '1.2', PatientID: '' },
    { QueryRetrieveLevel: 'SERIES', StudyInstanceUID: '1.2', PatientID: 'P1' },
  ])
})

test('a strict Patient Root is asked for its patients, and then for the studies of each', async () => {
  const { peer, asked } = await patientRootOnly(({ QueryRetrieveLevel, PatientID }) => {
    if (QueryRetrieveLevel === 'PATIENT')
      return [
        { PatientID: 'P1', PatientName: 'Doe^Jane' },
        { PatientID: 'P2', PatientName: 'Doe^Jim' },
      ]
    return PatientID ? [{ StudyInstanceUID: `1.2.${PatientID}`, StudyDate: '20240101' }] : 0xa900
  })
  const query = {
    level: 'STUDY' as const,
    keys: { PatientName: 'doe*', PatientID: '', StudyInstanceUID: '', StudyDate: '' },
  }
  expect(await matches(peer, query)).toMatchObject([
    { PatientName: 'Doe^Jane', PatientID: 'P1', StudyInstanceUID: '1.2.P1', StudyDate: '20240101' },
    { PatientName: 'Doe^Jim', PatientID: 'P2', StudyInstanceUID: '1.2.P2' },
  ])
  expect(asked.map(({ QueryRetrieveLevel }) => QueryRetrieveLevel)).toEqual(['STUDY', 'PATIENT', 'STUDY', 'STUDY'])
  expect(asked[1]).toMatchObject({ PatientName: 'doe*' })
})

test('a move in the Patient Root names the patient', async () => {
  const { peer, asked } = await patientRootOnly(() => 0)
  const progress: MoveProgress[] = []
  const request = { level: 'STUDY' as const, patientID: 'P1', studyInstanceUID: '1.2', destination: 'HERE' }
  for await (const step of move(peer, request, never())) progress.push(step)
  expect(progress).toMatchObject([{ final: true, status: 0 }])
  expect(asked).toMatchObject([{ QueryRetrieveLevel: 'STUDY', PatientID: 'P1', StudyInstanceUID: '1.2' }])
})

test('the preferred root goes first, and a Patient Root that is wanted asks for relational queries', async () => {
  const here = await node()
  const files = [storedFile(1, { StudyInstanceUID: '1.2.1', PatientID: 'P1' })]
  for await (const { outcome } of send(peerAt(here.port), files, never())) expect(outcome).toBe('success')
  const query: FindQuery = { level: 'STUDY', keys: { StudyInstanceUID: '', PatientID: '' } }
  expect(await matches(peerAt(here.port, { queryRoot: 'patient' }), query)).toMatchObject([
    { StudyInstanceUID: '1.2.1' },
  ])
  expect(await matches(peerAt(here.port), { level: 'PATIENT', keys: { PatientID: 'P*' } })).toMatchObject([
    { PatientID: 'P1' },
  ])
  expect(STUDY_ROOT_FIND).not.toBe(PATIENT_ROOT_FIND)
  expect(PATIENT_ROOT_MOVE).toContain('.2.1.2')
})

async function got(here: TestNode, peer: Peer, request: Partial<GetRequest>, signal = never()): Promise<GetStep[]> {
  const steps: GetStep[] = []
  const whole: GetRequest = { level: 'STUDY', studyInstanceUID: '1.2.1', sopClassUIDs: [], ...request }
  for await (const step of here.node.get(peer, whole, signal)) steps.push(step)
  return steps
}

const progressOf = (steps: GetStep[]) => steps.flatMap((step) => (step.kind === 'progress' ? [step.progress] : []))
const receivedOf = (steps: GetStep[]) => steps.flatMap((step) => (step.kind === 'received' ? [step.event] : []))

async function filled(count: number): Promise<TestNode> {
  const there = await node()
  const files = Array.from({ length: count }, (_, at) => storedFile(at + 1, { StudyInstanceUID: '1.2.1' }))
  for await (const { outcome } of send(peerAt(there.port), files, never())) expect(outcome).toBe('success')
  return there
}

test('C-GET brings a study on one association, each image kept before it is answered', async () => {
  const there = await filled(3)
  const here = await node()
  const steps = await got(here, peerAt(there.port, { calledAETitle: 'THERE' }), {})
  expect(progressOf(steps).at(-1)).toMatchObject({ final: true, status: 0, completed: 3, failed: 0 })
  expect(receivedOf(steps)).toHaveLength(3)
  expect(receivedOf(steps)[0]).toMatchObject({
    outcome: 'stored',
    studyInstanceUID: '1.2.1',
    moveOriginatorAETitle: 'NEGATOSCOPE',
  })
  const [{ sopInstanceUID } = { sopInstanceUID: '' }] = receivedOf(steps)
  expect(await here.storedDataSet(sopInstanceUID)).toEqual(await there.storedDataSet(sopInstanceUID))
  expect((await here.archive.reader.totals()).instances).toBe(3)
})

test('what the disk here refuses is a failure for the server too', async () => {
  const there = await filled(1)
  const here = await openTestNode({ storageFolder: '/nowhere/at/all' })
  closing.push(() => here.close())
  const steps = await got(here, peerAt(there.port), {})
  expect(receivedOf(steps)).toMatchObject([{ outcome: 'refused', status: 0xa700 }])
  expect(progressOf(steps).at(-1)).toMatchObject({ status: 0xa702, failed: 1 })
})

test('a cancelled C-GET does not wait for the object under way', async () => {
  const here = await node()
  const object = ctObject()
  const { port, close } = await scriptedServer(async (peer) => {
    const { contexts } = await acceptAssociation(peer)
    await peer.nextCommand()
    await peer.nextData()
    const store = contexts.find(({ abstractSyntax }) => abstractSyntax === object.sopClassUID)
    const message = encodeMessage(store?.id ?? 1, storeRequest(object), object.dataSet, 1024)
    peer.send(message.subarray(0, message.length - 1))
    await peer.next(20_000)
    await peer.next(20_000)
  })
  closing.push(close)
  const abort = new AbortController()
  const request: GetRequest = { level: 'STUDY', studyInstanceUID: '1.2.3', sopClassUIDs: [object.sopClassUID] }
  const steps = here.node.get(peerAt(port, { dimseTimeoutMs: 20_000 }), request, abort.signal)
  const ended = (async () => {
    for await (const _ of steps) void _
  })()
  setTimeout(() => abort.abort(), 300)
  const startedAt = performance.now()
  await expect(ended).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(performance.now() - startedAt).toBeLessThan(15_000)
  expect((await here.archive.reader.totals()).instances).toBe(0)
})

test('a cancelled C-GET ends with 0xFE00 and keeps what came', async () => {
  const there = await filled(30)
  const here = await node()
  const abort = new AbortController()
  const steps: GetStep[] = []
  const request: GetRequest = { level: 'STUDY', studyInstanceUID: '1.2.1', sopClassUIDs: [] }
  for await (const step of here.node.get(peerAt(there.port), request, abort.signal)) {
    steps.push(step)
    if (step.kind === 'received') abort.abort()
  }
  const last = progressOf(steps).at(-1)
  expect(last).toMatchObject({ final: true, status: 0xfe00 })
  expect(last?.completed).toBeLessThan(30)
  expect((await here.archive.reader.totals()).instances).toBe(last?.completed)
})

test('a peer that does not offer C-GET is NO_CONTEXT', async () => {
  const there = await openTestNode({ services: { storage: true, queryRetrieve: false, storageCommitment: true } })
  closing.push(() => there.close())
  await expect(got(await node(), peerAt(there.port), {})).rejects.toMatchObject({ code: 'NO_CONTEXT' })
})

test('a C-GET proposes at most 128 contexts, and a known class with each compressed syntax by itself', () => {
  const any = getContexts([])
  expect(any).toHaveLength(128)
  expect(new Set(any.map(({ id }) => id)).size).toBe(128)
  const known = getContexts(['1.2.840.10008.5.1.4.1.1.2'])
  expect(known.filter(({ transferSyntaxes }) => transferSyntaxes.includes(JPEG_BASELINE))).toMatchObject([
    { transferSyntaxes: [JPEG_BASELINE] },
  ])
  expect(getContexts(Array.from({ length: 300 }, (_, at) => `1.2.${at}`))).toHaveLength(128)
  expect(getRoles(known)).toEqual([{ sopClassUID: '1.2.840.10008.5.1.4.1.1.2', scu: false, scp: true }])
})
