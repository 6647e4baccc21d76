import { afterEach, expect, test } from 'vitest'
import { encodeDataSet } from '#electron/demo/writePart10.ts'
import { PATIENT_ROOT_FIND, PATIENT_ROOT_MOVE, STUDY_ROOT_FIND, STUDY_ROOT_MOVE } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { decodeIdentifier } from '../dimse/identifier.ts'
import type { Match, MoveProgress } from '../nodeApi.ts'
import { freePort } from '../testing/freePort.ts'
import { acceptAssociation, type ScriptedPeer, scriptedServer } from '../testing/scriptedPeer.ts'
import { peerAt } from '../testing/testNode.ts'
import { encodeReject } from '../upperLayer/controlPdu.ts'
import { echo } from './echo.ts'
import { find } from './find.ts'
import { move } from './move.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})
async function server(script: (peer: ScriptedPeer) => Promise<void>): Promise<number> {
  const { port, close } = await scriptedServer(script)
  closing.push(close)
  return port
}
const signal = () => new AbortController().signal
const study = { level: 'STUDY' as const, keys: { PatientName: '', StudyInstanceUID: '' } }

const response = (field: number, status: number, more: Partial<CommandSet> = {}): CommandSet => ({
  commandField: field,
  hasDataSet: false,
  messageIDBeingRespondedTo: 1,
  status,
  ...more,
})
const match = (name: string) =>
  encodeDataSet({ SpecificCharacterSet: 'ISO_IR 100', PatientName: name }, EXPLICIT_VR_LITTLE_ENDIAN)
const releaseResponse = Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0])

async function matches(port: number, abort = signal()): Promise<Match[]> {
  const list: Match[] = []
  for await (const found of find(peerAt(port), study, abort)) list.push(found)
  return list
}

test('FF00 and FF01 are both matches, and the identifier says level and ISO_IR 192', async () => {
  let asked: Record<string, string> = {}
  const port = await server(async (peer) => {
    const request = await acceptAssociation(peer)
    expect(request.contexts).toMatchObject([{ abstractSyntax: STUDY_ROOT_FIND }, { abstractSyntax: PATIENT_ROOT_FIND }])
    await peer.nextCommand()
    asked = decodeIdentifier(await peer.nextData(), EXPLICIT_VR_LITTLE_ENDIAN)
    peer.message(1, response(0x8020, 0xff00, { hasDataSet: true }), match('First'))
    peer.message(1, response(0x8020, 0xff01, { hasDataSet: true }), match('Second'))
    peer.message(1, response(0x8020, 0))
    await peer.next()
    peer.send(releaseResponse)
  })
  expect((await matches(port)).map(({ PatientName }) => PatientName)).toEqual(['First', 'Second'])
  expect(asked).toMatchObject({ QueryRetrieveLevel: 'STUDY', SpecificCharacterSet: 'ISO_IR 192', PatientName: '' })
})

test('thousands of matches arrive while the reader is slow', async () => {
  const port = await server(async (peer) => {
    await acceptAssociation(peer)
    await peer.nextCommand()
    await peer.nextData()
    for (let i = 0; i < 3000; i += 1) peer.message(1, response(0x8020, 0xff00, { hasDataSet: true }), match(`N${i}`))
    peer.message(1, response(0x8020, 0))
    await peer.next()
    peer.send(releaseResponse)
  })
  let count = 0
  for await (const { PatientName } of find(peerAt(port), study, signal())) {
    expect(PatientName).toBe(`N${count}`)
    count += 1
    if (count % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect(count).toBe(3000)
})

test('a failure status is an error with status and comment', async () => {
  const port = await server(async (peer) => {
    await acceptAssociation(peer)
    await peer.nextCommand()
    await peer.nextData()
    peer.message(1, response(0x8020, 0xa900, { errorComment: 'Bad key' }))
    await peer.next()
    peer.send(releaseResponse)
  })
  await expect(matches(port)).rejects.toMatchObject({
    code: 'DIMSE',
    details: { status: 0xa900, errorComment: 'Bad key' },
  })
})

test('cancelling a query sends C-CANCEL and ends with CANCELLED', async () => {
  const abort = new AbortController()
  let cancelled: CommandSet | undefined
  const port = await server(async (peer) => {
    await acceptAssociation(peer)
    await peer.nextCommand()
    await peer.nextData()
    peer.message(1, response(0x8020, 0xff00, { hasDataSet: true }), match('First'))
    cancelled = await peer.nextCommand()
    peer.message(1, response(0x8020, 0xfe00))
    await peer.next()
    peer.send(releaseResponse)
  })
  const reading = (async () => {
    for await (const _ of find(peerAt(port), study, abort.signal)) abort.abort()
  })()
  await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(cancelled).toMatchObject({ commandField: 0x0fff, messageIDBeingRespondedTo: 1 })
})

test('move progress tells what each response said, nothing left over from the one before', async () => {
  let request: CommandSet | undefined
  const port = await server(async (peer) => {
    const { contexts } = await acceptAssociation(peer)
    expect(contexts).toMatchObject([{ abstractSyntax: STUDY_ROOT_MOVE }, { abstractSyntax: PATIENT_ROOT_MOVE }])
    request = await peer.nextCommand()
    expect(decodeIdentifier(await peer.nextData(), EXPLICIT_VR_LITTLE_ENDIAN)).toMatchObject({
      QueryRetrieveLevel: 'SERIES',
      StudyInstanceUID: '1.2',
      SeriesInstanceUID: '1.3\\1.4',
    })
    peer.message(1, response(0x8021, 0xff00, { remainingSubOperations: 2, completedSubOperations: 1 }))
    const failed = encodeDataSet({ FailedSOPInstanceUIDList: ['1.5', '1.6'] }, EXPLICIT_VR_LITTLE_ENDIAN)
    peer.message(
      1,
      response(0x8021, 0xb000, { hasDataSet: true, completedSubOperations: 1, failedSubOperations: 2 }),
      failed,
    )
    await peer.next()
    peer.send(releaseResponse)
  })
  const progress: MoveProgress[] = []
  const asked = {
    level: 'SERIES' as const,
    destination: 'HERE',
    studyInstanceUID: '1.2',
    seriesInstanceUIDs: ['1.3', '1.4'],
  }
  for await (const step of move(peerAt(port), asked, signal())) progress.push(step)
  expect(request?.moveDestination).toBe('HERE')
  expect(progress).toMatchObject([
    { final: false, status: 0xff00, remaining: 2, completed: 1, failed: 0, failedSOPInstanceUIDs: [] },
    {
      final: true,
      status: 0xb000,
      remaining: undefined,
      completed: 1,
      failed: 2,
      failedSOPInstanceUIDs: ['1.5', '1.6'],
    },
  ])
})

test('an unknown move destination is the final progress', async () => {
  const port = await server(async (peer) => {
    await acceptAssociation(peer)
    await peer.nextCommand()
    await peer.nextData()
    peer.message(1, response(0x8021, 0xa801))
    await peer.next()
    peer.send(releaseResponse)
  })
  const progress: MoveProgress[] = []
  for await (const step of move(peerAt(port), { level: 'STUDY', destination: 'X', studyInstanceUID: '1.2' }, signal()))
    progress.push(step)
  expect(progress).toMatchObject([{ final: true, status: 0xa801 }])
})

test('cancelling a move sends C-CANCEL, and the last progress says so', async () => {
  const abort = new AbortController()
  const port = await server(async (peer) => {
    await acceptAssociation(peer)
    await peer.nextCommand()
    await peer.nextData()
    peer.message(1, response(0x8021, 0xff00, { remainingSubOperations: 5, completedSubOperations: 1 }))
    expect((await peer.nextCommand())?.commandField).toBe(0x0fff)
    peer.message(1, response(0x8021, 0xfe00, { completedSubOperations: 2 }))
    await peer.next()
    peer.send(releaseResponse)
  })
  const progress: MoveProgress[] = []
  for await (const step of move(
    peerAt(port),
    { level: 'STUDY', destination: 'X', studyInstanceUID: '1.2' },
    abort.signal,
  )) {
    progress.push(step)
    abort.abort()
  }
  expect(progress.at(-1)).toMatchObject({ final: true, status: 0xfe00, completed: 2 })
})

test.each([
  ['nothing listens', undefined, 'REFUSED', undefined],
  [
    'the peer rejects',
    async (peer: ScriptedPeer) => {
      await peer.next()
      peer.send(encodeReject({ result: 1, source: 1, reason: 7 }))
    },
    'REJECTED',
    { rejection: { result: 1, source: 1, reason: 7 } },
  ],
  [
    'the peer aborts',
    async (peer: ScriptedPeer) => {
      await peer.next()
      peer.send(Buffer.from([7, 0, 0, 0, 0, 4, 0, 0, 2, 1]))
    },
    'ABORTED',
    { cause: 'source 2 reason 1' },
  ],
  [
    'the peer hangs up',
    async (peer: ScriptedPeer) => {
      await peer.next()
      peer.destroy()
    },
    'LOST',
    {},
  ],
  [
    'the peer says nothing',
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 60_000))
    },
    'TIMED_OUT',
    {},
  ],
  [
    'a web server answers',
    async (peer: ScriptedPeer) => {
      await peer.next()
      peer.send(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))
    },
    'NOT_DICOM',
    { cause: 'HTTP' },
  ],
  [
    'a TLS server answers',
    async (peer: ScriptedPeer) => {
      await peer.next()
      peer.send(Buffer.from('15030300020232', 'hex'))
    },
    'NOT_DICOM',
    { cause: 'TLS' },
  ],
  [
    'the peer accepts nothing',
    async (peer: ScriptedPeer) => {
      await acceptAssociation(peer, { answer: ({ id }) => ({ id, result: 3, transferSyntax: '' }) })
      await peer.next()
      peer.send(releaseResponse)
    },
    'NO_CONTEXT',
    {},
  ],
  [
    'the peer accepts what was not proposed',
    async (peer: ScriptedPeer) => {
      await acceptAssociation(peer, { answer: ({ id }) => ({ id, result: 0, transferSyntax: '1.2.3' }) })
      await peer.next()
      peer.send(releaseResponse)
    },
    'NO_CONTEXT',
    {},
  ],
  [
    'the answer has no status',
    async (peer: ScriptedPeer) => {
      await acceptAssociation(peer)
      await peer.nextCommand()
      peer.message(1, { commandField: 0x8030, hasDataSet: false, messageIDBeingRespondedTo: 1 })
    },
    'ABORTED',
    {},
  ],
] as const)('when %s the error is a code', async (_, script, code, details) => {
  const port = script ? await server(script) : await freePort()
  await expect(echo(peerAt(port, { connectTimeoutMs: 400 }), signal())).rejects.toMatchObject({
    code,
    details: { code, ...details },
  })
})

test('an unknown host is UNKNOWN_HOST', async () => {
  await expect(echo(peerAt(1, { host: 'no-such-host.invalid' }), signal())).rejects.toMatchObject({
    code: 'UNKNOWN_HOST',
  })
})

test('cancelling while connecting or waiting ends at once', async () => {
  const port = await server(async () => {
    await new Promise((resolve) => setTimeout(resolve, 60_000))
  })
  const abort = new AbortController()
  setTimeout(() => abort.abort(), 50)
  const startedAt = performance.now()
  await expect(echo(peerAt(port), abort.signal)).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(performance.now() - startedAt).toBeLessThan(30_000)
})
