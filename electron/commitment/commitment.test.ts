import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { commandField } from '#electron/dicom/dimse/commandField.ts'
import {
  decodeCommitment,
  encodeCommitmentRequest,
  STORAGE_COMMITMENT_INSTANCE,
  STORAGE_COMMITMENT_PUSH,
} from '#electron/dicom/dimse/storageCommitment.ts'
import { acceptAssociation, ScriptedPeer, scriptedServer } from '#electron/dicom/testing/scriptedPeer.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { openTestWorkstation, type TestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import { CT_IMAGE, VERIFICATION } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { newUID } from '#shared/dicom/uid.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function start(aeTitle: string, folder?: string): Promise<TestWorkstation> {
  const workstation = await openTestWorkstation(aeTitle, folder)
  closing.push(() => workstation.stop())
  return workstation
}

function images(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const uid = newUID()
    return { name: `image${index}.dcm`, uid, bytes: writePart10({ dataSet: ctDataSet(uid) }) }
  })
}

/** Two workstations; what HERE sends to THERE it also asks it to answer for. */
async function pair(askCommitment = true) {
  const here = await start('HERE')
  const there = await start('THERE')
  const serverId = here.addServer('There', there.port, { aeTitle: 'THERE', askCommitment })
  there.addServer('Here', here.port, { aeTitle: 'HERE' })
  return { here, there, serverId }
}

async function sent({ here, serverId }: Awaited<ReturnType<typeof pair>>, count: number) {
  const { studyIds } = await here.ended((await here.importFiles(images(count))).transferId)
  const [transferId = ''] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  await here.ended(transferId)
  return transferId
}

const summary = (here: TestWorkstation, transferId: string) => here.transfers.row(transferId)?.commitment
/** What it has not answered yet. */
const open = ({ archive }: TestWorkstation) => archive.reader.dueCommitments(Date.now() + 3_600_000)
const pathsOf = async ({ archive }: TestWorkstation) => {
  const { rows } = await archive.reader.listStudies({ limit: 10, offset: 0 })
  const stored = await archive.reader.locate({ studyIds: rows.map(({ studyId }) => studyId) })
  return stored.map(({ path }) => path)
}

test('after a send the other side answers for each image, having read it again', async () => {
  const both = await pair()
  const transferId = await sent(both, 5)
  await expect.poll(() => summary(both.here, transferId), { timeout: 60_000 }).toMatchObject({ committed: 5, asked: 0 })
  const states = async () => (await both.here.transfers.items(transferId)).map(({ commitment }) => commitment?.state)
  await expect.poll(states).toEqual(Array(5).fill('committed'))
})

test('an image that changed on disk, or is gone, is not answered for until it is sent again', {
  timeout: 240_000,
}, async () => {
  const { here, there, serverId } = await pair(false)
  const { studyIds } = await here.ended((await here.importFiles(images(4))).transferId)
  const [firstSend = ''] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  await here.ended(firstSend)
  const [changed = '', gone = ''] = await pathsOf(there)
  writeFileSync(changed, Buffer.from('x'), { flag: 'a' })
  rmSync(gone)
  await here.transfers.askCommitment(firstSend)
  await expect.poll(() => summary(here, firstSend), { timeout: 60_000 }).toMatchObject({ committed: 2, refused: 2 })
  const refusal = async () =>
    (await here.transfers.items(firstSend)).find(({ commitment }) => commitment?.state === 'refused')
  await expect
    .poll(async () => (await refusal())?.commitment?.note)
    .toBe('There cannot answer for it now; ask again later. (0110)')
  // sent again, both are whole again
  const [transferId = ''] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  await here.ended(transferId)
  await here.transfers.askCommitment(transferId)
  await expect.poll(() => summary(here, transferId), { timeout: 60_000 }).toMatchObject({ committed: 4 })
  const [again = ''] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  await here.ended(again)
  await there.archive.writer.trashStudies(
    (await there.archive.reader.listStudies({ limit: 1, offset: 0 })).rows.map(({ studyId }) => studyId),
  )
  await here.transfers.askCommitment(again)
  await expect
    .poll(async () => (await here.transfers.items(again)).map(({ commitment }) => commitment?.note), {
      timeout: 60_000,
    })
    .toContain('There does not have it. Send it again. (0112)')
})

test('while the disk is away nothing is answered; when it is back everything is', { timeout: 240_000 }, async () => {
  const both = await pair(false)
  const { here, there } = both
  const transferId = await sent(both, 2)
  const { storageFolder } = there.archive
  renameSync(storageFolder, `${storageFolder}.disk`)
  mkdirSync(storageFolder)
  await here.transfers.askCommitment(transferId)
  await expect.poll(async () => (await open(there))[0]?.attempts, { timeout: 60_000 }).toBe(1)
  expect(summary(here, transferId)).toMatchObject({ asked: 2, refused: 0 })
  rmdirSync(storageFolder)
  renameSync(`${storageFolder}.disk`, storageFolder)
  await expect.poll(() => summary(here, transferId), { timeout: 60_000 }).toMatchObject({ committed: 2, refused: 0 })
})

test('a server that offers no commitment is said so with each image', async () => {
  const both = await pair()
  both.there.settings.update({ answerStorageCommitment: false })
  await new Promise((resolve) => setTimeout(resolve, 200))
  const transferId = await sent(both, 2)
  await expect.poll(() => summary(both.here, transferId), { timeout: 60_000 }).toMatchObject({ notAsked: 2, asked: 0 })
  expect(summary(both.here, transferId)?.note).toContain('There answers, but does not offer this service to us')
  both.there.settings.update({ answerStorageCommitment: true })
  await new Promise((resolve) => setTimeout(resolve, 200))
  await both.here.transfers.askCommitment(transferId)
  await expect
    .poll(() => summary(both.here, transferId), { timeout: 60_000 })
    .toMatchObject({ notAsked: 0, committed: 2 })
})

test('who asked and went away gets the answer over a new association, also from the next process', {
  timeout: 240_000,
}, async () => {
  const there = await openTestWorkstation('THERE')
  const { studyIds } = await there.ended((await there.importFiles(images(1))).transferId)
  const [stored] = await there.archive.reader.locate({ studyIds })
  const contexts = [{ id: 1, abstractSyntax: STORAGE_COMMITMENT_PUSH, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] }]
  const references = [
    { sopClassUID: CT_IMAGE, sopInstanceUID: stored?.sopInstanceUID ?? '' },
    { sopClassUID: CT_IMAGE, sopInstanceUID: '1.2.3.404' },
    { sopClassUID: VERIFICATION, sopInstanceUID: '1.2.3.405' },
    { sopClassUID: '1.2.840.10008.5.1.4.1.1.4', sopInstanceUID: stored?.sopInstanceUID ?? '' },
  ]
  const { peer } = await ScriptedPeer.open(there.port, { contexts, callingAETitle: 'SCANNER', calledAETitle: 'THERE' })
  peer.message(
    1,
    {
      ...{ commandField: commandField.nActionRequest, hasDataSet: true, messageID: 1, actionTypeID: 1 },
      ...{ requestedSOPClassUID: STORAGE_COMMITMENT_PUSH, requestedSOPInstanceUID: STORAGE_COMMITMENT_INSTANCE },
    },
    encodeCommitmentRequest('1.2.3.4', references, EXPLICIT_VR_LITTLE_ENDIAN),
  )
  // gone before the response can be read, and nobody knows yet where to find it
  peer.socket.end()
  await expect.poll(async () => (await there.archive.reader.dueCommitments(Date.now() + 60_000)).length).toBe(1)
  await there.stop(true)

  const next = await start('THERE', there.dataFolder)
  const reports: unknown[] = []
  const scanner = await scriptedServer(async (caller) => {
    const request = await acceptAssociation(caller)
    const command = await caller.nextCommand()
    const report = decodeCommitment(await caller.nextData(), EXPLICIT_VR_LITTLE_ENDIAN)
    reports.push({ calling: request.callingAETitle, called: request.calledAETitle, ...report })
    caller.message(1, {
      ...{ commandField: commandField.nEventReportResponse, hasDataSet: false, status: 0 },
      messageIDBeingRespondedTo: command?.messageID ?? 0,
    })
    await caller.next()
    caller.send(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
  })
  closing.push(scanner.close)
  next.addServer('Scanner', scanner.port, { aeTitle: 'SCANNER' })
  await expect.poll(() => reports, { timeout: 60_000 }).toHaveLength(1)
  expect(reports[0]).toMatchObject({
    ...{ calling: 'THERE', called: 'SCANNER', transactionUID: '1.2.3.4' },
    committed: [references[0]],
    failed: [
      { ...references[1], reason: 0x0112 },
      { ...references[2], reason: 0x0122 },
      { ...references[3], reason: 0x0119 },
    ],
  })
  await expect.poll(async () => (await next.archive.reader.dueCommitments(Date.now() + 600_000)).length).toBe(0)
})

test('what was dropped because the first one is kept is not answered for to its sender', async () => {
  const there = await start('THERE')
  const uid = newUID()
  const file = { name: 'a.dcm', bytes: writePart10({ dataSet: ctDataSet(uid) }) }
  await there.ended((await there.importFiles([file])).transferId)
  const here = await start('HERE')
  there.addServer('Here', here.port, { aeTitle: 'HERE' })
  const serverId = here.addServer('There', there.port, { aeTitle: 'THERE', askCommitment: true })
  const other = { name: 'b.dcm', bytes: writePart10({ dataSet: ctDataSet(uid) }) }
  const { studyIds } = await here.ended((await here.importFiles([other])).transferId)
  const [transferId = ''] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  await expect.poll(() => summary(here, transferId), { timeout: 60_000 }).toMatchObject({ committed: 0, refused: 1 })
})
