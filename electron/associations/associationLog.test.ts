import { afterEach, expect, test } from 'vitest'
import { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { ctObject, storeRequest } from '#electron/dicom/testing/testObject.ts'
import { openTestWorkstation, type TestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import type { AssociationKind, AssociationRow } from '#shared/contract/associations.ts'
import { checksOf } from '#shared/contract/callerChecks.ts'
import { CT_IMAGE, STUDY_ROOT_FIND, VERIFICATION } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'

let here: TestWorkstation
const peers: ScriptedPeer[] = []
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy()
  await here.stop()
})

const contexts = [
  { id: 1, abstractSyntax: CT_IMAGE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN] },
  { id: 3, abstractSyntax: STUDY_ROOT_FIND, transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN] },
]
const release = Buffer.from([5, 0, 0, 0, 0, 4, 0, 0, 0, 0])

async function associate(callingAETitle = 'CT1') {
  const { peer } = await ScriptedPeer.open(here.port, { contexts, callingAETitle })
  peers.push(peer)
  return peer
}
const list = (kind: AssociationKind = 'all', limit = 100): Promise<AssociationRow[]> =>
  here.associations.list({ kind, before: null, limit })

async function ended(count = 1): Promise<AssociationRow[]> {
  await expect.poll(async () => (await list()).filter(({ endedAt }) => endedAt !== null).length).toBe(count)
  return list()
}

test('an association is logged with who, from where, what was proposed and accepted, each status, bytes and its end', async () => {
  here = await openTestWorkstation('HERE')
  const peer = await associate()
  await expect.poll(async () => (await list())[0]?.state).toBe('open')
  const good = ctObject()
  const wrong = ctObject()
  peer.message(1, storeRequest(good), good.dataSet)
  await peer.nextCommand()
  peer.message(1, { ...storeRequest(wrong, 2), affectedSOPInstanceUID: '1.2.3.99' }, wrong.dataSet)
  await peer.nextCommand()
  peer.send(release)
  await peer.next()
  const [row] = await ended()
  expect(row).toMatchObject({
    ...{ callingAETitle: 'CT1', calledAETitle: 'NEGATOSCOPE', address: '127.0.0.1', state: 'released' },
    ...{ succeeded: 1, warned: 0, failed: 1, times: 1 },
  })
  expect(row!.bytesReceived).toBeGreaterThan(good.dataSet.length + wrong.dataSet.length)
  expect(row!.bytesSent).toBeGreaterThan(100)
  expect(row!.endedAt).toBeGreaterThanOrEqual(row!.startedAt)
  const details = await here.associations.details(row!.associationId)
  expect(details?.contexts).toEqual([
    {
      ...{ abstractSyntax: CT_IMAGE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN] },
      ...{ result: 0, transferSyntax: EXPLICIT_VR_LITTLE_ENDIAN },
    },
    { abstractSyntax: STUDY_ROOT_FIND, transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN], result: 3, transferSyntax: '' },
  ])
  expect(details?.operations).toEqual([
    { by: 'peer', commandField: 1, status: 0, count: 1 },
    { by: 'peer', commandField: 1, status: 0xa900, count: 1 },
  ])
  expect(details?.failures).toMatchObject([{ status: 0xa900, sopClassUID: CT_IMAGE, sopInstanceUID: '1.2.3.99' }])
  expect(details).toMatchObject({ implementation: 'SCRIPTED', maxPduLength: 16_384, rejection: null })
})

test('nothing of a patient stands in the log', async () => {
  here = await openTestWorkstation('HERE')
  const peer = await associate()
  const object = ctObject({ PatientName: 'Secretary^Bird', PatientID: 'SB-4711' })
  peer.message(1, storeRequest(object), object.dataSet)
  await peer.nextCommand()
  peer.send(release)
  const [row] = await ended()
  const text = JSON.stringify([row, await here.associations.details(row!.associationId)])
  expect(text).not.toMatch(/Secretary|SB-4711/)
  expect(text).not.toContain(object.sopInstanceUID)
})

test('a refusal is logged with its reason and what was proposed, and counted while it repeats', async () => {
  here = await openTestWorkstation('HERE', undefined, checksOf('known'))
  for (let knock = 0; knock < 3; knock += 1) {
    const peer = await ScriptedPeer.ask(here.port, { contexts, callingAETitle: 'STRANGER', calledAETitle: 'HERE' })
    expect((await peer.next())?.type).toBe(3)
    peer.destroy()
  }
  await expect.poll(async () => (await list('refused'))[0]?.times).toBe(3)
  const [row] = await list()
  expect(row).toMatchObject({ state: 'refused', callingAETitle: 'STRANGER', succeeded: 0, failed: 0 })
  expect(row!.sentence).toContain('rejected 1/1/3')
  const details = await here.associations.details(row!.associationId)
  expect(details?.rejection).toEqual({ result: 1, source: 1, reason: 3 })
  expect(details?.contexts).toMatchObject([{ abstractSyntax: CT_IMAGE, result: null }, { result: null }])
  expect(await list('accepted')).toEqual([])
})

test('the log outlives the program, and what was open then was interrupted', async () => {
  here = await openTestWorkstation('HERE')
  const { dataFolder } = here
  const peer = await associate()
  peer.send(release)
  await ended()
  await associate('CT2')
  await expect.poll(async () => (await list())[0]?.callingAETitle).toBe('CT2')
  await here.stop(true)
  here = await openTestWorkstation('HERE', dataFolder)
  expect(await list()).toMatchObject([{ callingAETitle: 'CT2' }, { callingAETitle: 'CT1', state: 'released' }])
  expect((await list())[0]?.state).not.toBe('open')
})

test('pages go on where the one before ended, the newest first', async () => {
  here = await openTestWorkstation('HERE')
  for (let at = 0; at < 5; at += 1) {
    const peer = await associate(`CT${at}`)
    peer.send(release)
    await peer.next()
    await ended(at + 1)
  }
  const seen: string[] = []
  for (let before: { startedAt: number; associationId: string } | null = null; ; ) {
    const page: AssociationRow[] = await here.associations.list({ kind: 'all', before, limit: 2 })
    seen.push(...page.map(({ callingAETitle }) => callingAETitle))
    const last = page.at(-1)
    if (!last) break
    before = { startedAt: last.startedAt, associationId: last.associationId }
  }
  expect(seen).toEqual(['CT4', 'CT3', 'CT2', 'CT1', 'CT0'])
})

test('a connection test without an image is logged as well', async () => {
  here = await openTestWorkstation('HERE')
  const { peer } = await ScriptedPeer.open(here.port, {
    contexts: [{ id: 1, abstractSyntax: VERIFICATION, transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN] }],
  })
  peers.push(peer)
  peer.message(1, { commandField: 0x0030, hasDataSet: false, affectedSOPClassUID: VERIFICATION, messageID: 1 })
  await peer.nextCommand()
  peer.destroy()
  expect((await ended())[0]).toMatchObject({ state: 'lost', succeeded: 1 })
})
