import { afterEach, expect, test } from 'vitest'
import { peerAt } from '#electron/dicom/testing/testNode.ts'
import { openTestWorkstation, type TestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import type { AssociationRow } from '#shared/contract/associations.ts'

let here: TestWorkstation
let there: TestWorkstation | undefined
afterEach(async () => {
  await here.stop()
  await there?.stop()
  there = undefined
})

const calls = (text = ''): Promise<AssociationRow[]> =>
  here.associations.list({ kind: 'all', direction: 'out', text, before: null, limit: 100 })
const never = new AbortController().signal

test('a call of ours is logged with what was accepted, asked and answered, and not among those who called us', async () => {
  here = await openTestWorkstation('HERE')
  there = await openTestWorkstation('THERE')
  await here.node.echo(peerAt(there.port, { callingAETitle: 'HERE', calledAETitle: 'THERE' }), never)
  await expect.poll(async () => (await calls())[0]?.state).toBe('released')
  const [row] = await calls()
  expect(row).toMatchObject({
    ...{ direction: 'out', callingAETitle: 'HERE', calledAETitle: 'THERE', address: `127.0.0.1:${there.port}` },
    ...{ succeeded: 1, failed: 0 },
  })
  const details = await here.associations.details(row!.associationId)
  expect(details?.contexts.some(({ result }) => result === 0)).toBe(true)
  expect(details?.steps).toMatchObject([{ by: 'us', commandField: 0x30, status: 0 }])
  expect(details?.steps[0]?.ms).toBeGreaterThanOrEqual(0)
  expect(await here.associations.list({ kind: 'all', before: null, limit: 10 })).toEqual([])
  // The other one saw it come in, with the same step.
  const [incoming] = await there.associations.list({ kind: 'all', before: null, limit: 10 })
  expect(incoming).toMatchObject({ direction: 'in', callingAETitle: 'HERE' })
  expect((await there.associations.details(incoming!.associationId))?.steps).toMatchObject([{ by: 'peer', status: 0 }])
})

test('calls that fail say why, and the same failure again counts up one row', async () => {
  here = await openTestWorkstation('HERE')
  there = await openTestWorkstation('THERE', undefined, {
    ...{ checkCalledAETitle: true, checkCallingAETitle: false, checkAddress: false },
  })
  const nobody = peerAt(1, { calledAETitle: 'NOBODY' })
  for (let turn = 0; turn < 3; turn += 1) await expect(here.node.echo(nobody, never)).rejects.toThrow()
  await expect(here.node.echo(peerAt(there.port, { calledAETitle: 'WRONG' }), never)).rejects.toThrow()
  await expect.poll(async () => (await calls()).length).toBe(2)
  expect(await calls('nobody')).toMatchObject([
    { state: 'failed', times: 3, sentence: 'Nothing listens at this port (ECONNREFUSED).' },
  ])
  expect(await calls('recognized')).toMatchObject([
    { calledAETitle: 'WRONG', sentence: expect.stringContaining('rejected 1/1/7') },
  ])
  expect(await calls('somebody else')).toEqual([])
})
