import { unlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { CT_IMAGE, PATIENT_ROOT_MOVE, STUDY_ROOT_GET, STUDY_ROOT_MOVE } from '#shared/dicom/sopClass.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  RLE_LOSSLESS,
} from '#shared/dicom/transferSyntax.ts'
import { commandField } from '../dimse/commandField.ts'
import type { Identifier } from '../dimse/identifier.ts'
import { send } from '../scu/send.ts'
import { type Answer, type Asking, askQuery, beginQuery } from '../testing/queryPeer.ts'
import { acceptAssociation, scriptedServer } from '../testing/scriptedPeer.ts'
import { openTestNode, peerAt, type TestNode } from '../testing/testNode.ts'
import { storedFile } from '../testing/testObject.ts'

let here: TestNode
let there: TestNode
const closing: (() => void)[] = []
beforeEach(async () => {
  there = await openTestNode({ aeTitle: 'THERE' })
  here = await openTestNode({ destinations: [peerAt(there.port, { name: 'There', calledAETitle: 'THERE' })] })
})
afterEach(async () => {
  for (const close of closing.splice(0)) close()
  await here.close()
  await there.close()
})

async function keep(...objects: DataSet[]): Promise<void> {
  const files = objects.map((more, at) => ({
    ...storedFile(at + 1, more),
    sopInstanceUID: String(more.SOPInstanceUID),
  }))
  const never = new AbortController().signal
  for await (const { outcome, note } of send(peerAt(here.port), files, never)) expect(outcome, note).toBe('success')
}

const study = (count: number, more: DataSet = {}): DataSet[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{
      SOPInstanceUID: `1.2.1.1.${at + 1}`,
      SeriesInstanceUID: '1.2.1.1',
      StudyInstanceUID: '1.2.1',
      PatientID: 'J1',
    },
    ...more,
  }))
const wholeStudy = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '1.2.1' }

const moving = (identifier: Identifier, more: Partial<Asking> = {}): Asking => ({
  sopClassUID: STUDY_ROOT_MOVE,
  commandField: commandField.cMoveRequest,
  moveDestination: 'THERE',
  identifier,
  ...more,
})

const counts = ({ command }: Answer) => [
  command.status?.toString(16),
  command.remainingSubOperations,
  command.completedSubOperations,
  command.failedSubOperations,
  command.warningSubOperations,
]

async function loseFileOf(sopInstanceUID: string): Promise<void> {
  const held = await here.archive.reader.holds([sopInstanceUID])
  const [located] = await here.archive.reader.locate({ instanceIds: [held[sopInstanceUID] ?? 0] })
  unlinkSync(located?.path ?? '')
}

describe('C-MOVE', () => {
  test('sends to a server of the list, counts after each, and says who asked', async () => {
    await keep(...study(3))
    const answers = await askQuery(here.port, moving(wholeStudy))
    expect(answers.map(counts)).toEqual([
      ['ff00', 2, 1, 0, 0],
      ['ff00', 1, 2, 0, 0],
      ['ff00', 0, 3, 0, 0],
      ['0', undefined, 3, 0, 0],
    ])
    const seen = await there.seen('instanceReceived', 3)
    expect(seen.map(({ sopInstanceUID }) => sopInstanceUID)).toEqual(['1.2.1.1.1', '1.2.1.1.2', '1.2.1.1.3'])
    expect(seen[0]).toMatchObject({ moveOriginatorAETitle: 'SCRIPTED', outcome: 'stored' })
    expect(await there.storedDataSet('1.2.1.1.2')).toEqual(await here.storedDataSet('1.2.1.1.2'))
  })

  test.each([IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN])(
    'knows all four levels (%s)',
    async (transferSyntaxUID) => {
      await keep(...study(2), ...study(1, { SOPInstanceUID: '1.2.1.2.1', SeriesInstanceUID: '1.2.1.2' }))
      const moved = async (identifier: Identifier, sopClassUID = STUDY_ROOT_MOVE) =>
        (await askQuery(here.port, moving(identifier, { sopClassUID, transferSyntaxUID }))).at(-1)?.command
          .completedSubOperations
      const series = { QueryRetrieveLevel: 'SERIES', StudyInstanceUID: '1.2.1', SeriesInstanceUID: '1.2.1.1' }
      expect(await moved({ QueryRetrieveLevel: 'PATIENT', PatientID: 'J1' }, PATIENT_ROOT_MOVE)).toBe(3)
      expect(await moved({ ...wholeStudy, PatientID: 'J1' }, PATIENT_ROOT_MOVE)).toBe(3)
      expect(await moved(wholeStudy)).toBe(3)
      expect(await moved(series)).toBe(2)
      expect(await moved({ ...series, SeriesInstanceUID: '1.2.1.1\\1.2.1.2' })).toBe(3)
      expect(await moved({ ...series, QueryRetrieveLevel: 'IMAGE', SOPInstanceUID: '1.2.1.1.2\\1.2.9' })).toBe(1)
    },
  )

  test('what is not here is a success of nothing', async () => {
    const answers = await askQuery(here.port, moving(wholeStudy))
    expect(answers.map(counts)).toEqual([['0', undefined, 0, 0, 0]])
  })

  test('an unknown destination is A801, a retrieve without its key A900', async () => {
    await keep(...study(1))
    expect((await askQuery(here.port, moving(wholeStudy, { moveDestination: 'NOBODY' }))).map(counts)).toEqual([
      ['a801', undefined, undefined, undefined, undefined],
    ])
    for (const identifier of [
      { QueryRetrieveLevel: 'STUDY' },
      { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '*' },
      { QueryRetrieveLevel: 'SERIES', SeriesInstanceUID: '1.2.1.1' },
      { QueryRetrieveLevel: 'PATIENT', PatientID: 'J?' },
    ])
      expect((await askQuery(here.port, moving(identifier)))[0]?.command.status).toBe(0xa900)
  })

  test('of several servers with one AE title the one at the address of the caller is meant', async () => {
    await keep(...study(1))
    const elsewhere = peerAt(1, { calledAETitle: 'THERE', host: '192.0.2.1', connectTimeoutMs: 200 })
    const { destinations } = here.configuration
    await here.node.configure({ ...here.configuration, destinations: [elsewhere, ...destinations] })
    expect((await askQuery(here.port, moving(wholeStudy))).at(-1)?.command.status).toBe(0)
  })

  test('some that fail are B000 with their UIDs, and the counts stay exact', async () => {
    await keep(...study(4))
    await loseFileOf('1.2.1.1.2')
    const answers = await askQuery(here.port, moving(wholeStudy))
    expect(answers.map(counts)).toEqual([
      ['ff00', 3, 1, 0, 0],
      ['ff00', 2, 1, 1, 0],
      ['ff00', 1, 2, 1, 0],
      ['ff00', 0, 3, 1, 0],
      ['b000', undefined, 3, 1, 0],
    ])
    expect(answers.at(-1)?.identifier?.FailedSOPInstanceUIDList).toBe('1.2.1.1.2')
  })

  test('when none can be sent it is A702', async () => {
    await keep(...study(2))
    await there.node.close(0)
    const answers = await askQuery(here.port, moving(wholeStudy))
    expect(counts(answers.at(-1) as Answer)).toEqual(['a702', undefined, 0, 2, 0])
    expect(answers.at(-1)?.identifier?.FailedSOPInstanceUIDList).toBe('1.2.1.1.1\\1.2.1.1.2')
  })

  test('cancelled, it ends with what remains', async () => {
    await keep(...study(40))
    // A receiver that takes its time with each.
    const slow = await scriptedServer(async (peer) => {
      await acceptAssociation(peer)
      for (;;) {
        const command = await peer.nextCommand()
        if (!command) return
        await peer.nextData()
        await new Promise((resolve) => setTimeout(resolve, 50))
        const { affectedSOPInstanceUID = '', messageID = 0 } = command
        peer.message(1, {
          ...{
            commandField: 0x8001,
            hasDataSet: false,
            status: 0,
            affectedSOPClassUID: CT_IMAGE,
            affectedSOPInstanceUID,
          },
          messageIDBeingRespondedTo: messageID,
        })
      }
    })
    closing.push(slow.close)
    await here.node.configure({ ...here.configuration, destinations: [peerAt(slow.port, { calledAETitle: 'THERE' })] })
    const query = await beginQuery(here.port, moving(wholeStudy))
    await query.next()
    query.cancel()
    const askedAt = performance.now()
    const final = (await query.all()).at(-1)?.command
    expect(performance.now() - askedAt).toBeLessThan(10_000)
    expect(final?.status).toBe(0xfe00)
    const { completedSubOperations = 0, remainingSubOperations = 0, failedSubOperations } = final ?? {}
    expect(completedSubOperations + remainingSubOperations).toBe(40)
    expect(remainingSubOperations).toBeGreaterThan(20)
    expect(failedSubOperations).toBe(0)
    query.peer.destroy()
  })
})

describe('C-GET', () => {
  const getting = (transferSyntaxes: string[], roles = [{ sopClassUID: CT_IMAGE, scu: false, scp: true }]): Asking => ({
    sopClassUID: STUDY_ROOT_GET,
    commandField: commandField.cGetRequest,
    identifier: wholeStudy,
    proposal: { contexts: [{ id: 3, abstractSyntax: CT_IMAGE, transferSyntaxes }], roles },
  })

  /** Takes the images of a C-GET as an SCP would, with `status` for each. */
  async function take(asking: Asking, statusOf: (sopInstanceUID: string) => number = () => 0) {
    const query = await beginQuery(here.port, asking)
    const stored: { uid: string; bytes: Buffer }[] = []
    const answers: Answer[] = []
    for (;;) {
      const answer = await query.next()
      if (answer.command.commandField !== commandField.cStoreRequest) {
        answers.push(answer)
        if (answer.command.status !== 0xff00) break
        continue
      }
      const { affectedSOPInstanceUID: uid = '', messageID = 0 } = answer.command
      stored.push({ uid, bytes: answer.bytes ?? Buffer.alloc(0) })
      query.peer.message(3, {
        ...{ commandField: 0x8001, hasDataSet: false, status: statusOf(uid), affectedSOPInstanceUID: uid },
        ...{ affectedSOPClassUID: CT_IMAGE, messageIDBeingRespondedTo: messageID },
      })
    }
    query.peer.destroy()
    return { answers, stored, accept: query.accept }
  }

  test('stores on the same association, byte for byte, and counts', async () => {
    await keep(...study(2))
    const { answers, stored, accept } = await take(getting([EXPLICIT_VR_LITTLE_ENDIAN]))
    expect(accept.roles).toEqual([{ sopClassUID: CT_IMAGE, scu: false, scp: true }])
    expect(answers.map(counts)).toEqual([
      ['ff00', 1, 1, 0, 0],
      ['ff00', 0, 2, 0, 0],
      ['0', undefined, 2, 0, 0],
    ])
    expect(stored.map(({ uid }) => uid)).toEqual(['1.2.1.1.1', '1.2.1.1.2'])
    expect(stored[0]?.bytes).toEqual(await here.storedDataSet('1.2.1.1.1'))
  })

  test('warnings and failures of the receiver are counted as such', async () => {
    await keep(...study(3))
    const statuses: Record<string, number> = { '1.2.1.1.1': 0xb000, '1.2.1.1.2': 0xa700 }
    const { answers } = await take(getting([EXPLICIT_VR_LITTLE_ENDIAN]), (uid) => statuses[uid] ?? 0)
    expect(counts(answers.at(-1) as Answer)).toEqual(['b000', undefined, 1, 1, 1])
    expect(answers.at(-1)?.identifier?.FailedSOPInstanceUIDList).toBe('1.2.1.1.2')
  })

  test('what the peer does not take as it is stored is converted', async () => {
    await keep(...study(1))
    const { stored } = await take(getting([IMPLICIT_VR_LITTLE_ENDIAN]))
    const first = stored[0]?.bytes
    // (0008,0016) UI, its length in four bytes: Implicit VR.
    expect(first?.subarray(0, 8).toString('hex')).toBe('080016001a000000')
  })

  test('without the role, or a syntax that helps, nothing can be sent: A702', async () => {
    await keep(...study(1))
    for (const asking of [getting([EXPLICIT_VR_LITTLE_ENDIAN], []), getting([RLE_LOSSLESS])]) {
      const { answers, stored } = await take(asking)
      expect(stored).toEqual([])
      expect(counts(answers.at(-1) as Answer)).toEqual(['a702', undefined, 0, 1, 0])
    }
  })
})
