import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestNode, peerAt, type TestNode } from '#electron/dicom/testing/testNode.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { frontDesk, orderContentOf } from './orderFixture.ts'
import { begunStep, endedStep } from './stepAttributes.ts'
import { StepReports } from './stepReports.ts'

let here: TestNode
let there: TestNode
let reports: StepReports | undefined
beforeEach(async () => {
  here = await openTestNode()
  there = await openTestNode()
})
afterEach(async () => {
  await reports?.close()
  await here.close()
  await there.close()
})

const dueWithinAnHour = () => here.archive.reader.dueReports(Date.now() + 3_600_000)
const tellAt = (port: number) =>
  new StepReports({ archive: here.archive, node: here.node, peer: () => peerAt(port, { connectTimeoutMs: 500 }) })

test('what a server did not hear while it was away it hears later, in its order, also from the next process', async () => {
  const order = await here.archive.writer.createOrder({ content: orderContentOf(), source: frontDesk })
  const step = { orderId: order.orderId, serverId: 1, sopInstanceUID: newUID() }
  const begun = begunStep(order, 'NEGATOSCOPE', new Date())
  await here.archive.writer.reportStep({ ...step, kind: 'create', state: 'IN PROGRESS', attributes: begun })
  // the discard port: nobody is there
  reports = tellAt(9)
  await expect.poll(async () => (await dueWithinAnHour())[0]?.attempts, { timeout: 60_000 }).toBe(1)
  const ended = endedStep('DISCONTINUED', [], 'NEGATOSCOPE', new Date())
  await here.archive.writer.reportStep({ ...step, kind: 'set', state: 'DISCONTINUED', attributes: ended })
  await reports.close()
  expect(await there.archive.reader.performedStep(step.sopInstanceUID)).toBeUndefined()

  reports = tellAt(there.port)
  await expect
    .poll(async () => (await there.archive.reader.performedStep(step.sopInstanceUID))?.state, { timeout: 60_000 })
    .toBe('DISCONTINUED')
  await expect.poll(dueWithinAnHour, { timeout: 60_000 }).toEqual([])
})

test('what a server refuses for good is not said again, until a person asks for it', async () => {
  const order = await here.archive.writer.createOrder({ content: orderContentOf(), source: frontDesk })
  const step = { orderId: order.orderId, serverId: 1, sopInstanceUID: newUID() }
  const ended = endedStep('COMPLETED', [], 'NEGATOSCOPE', new Date())
  // it never heard of the step (0112)
  await here.archive.writer.reportStep({ ...step, kind: 'set', state: 'COMPLETED', attributes: ended })
  reports = tellAt(there.port)
  await expect.poll(dueWithinAnHour, { timeout: 60_000 }).toEqual([])
  expect(await there.archive.reader.performedStep(step.sopInstanceUID)).toBeUndefined()
  await reports.close()

  // Its server has the step now, so it has somebody to tell.
  const begun = begunStep(order, 'NEGATOSCOPE', new Date())
  const at = { sopInstanceUID: step.sopInstanceUID, callingAETitle: 'NEGATOSCOPE', address: '127.0.0.1' }
  await there.archive.writer.createStep({ ...at, attributes: begun })
  await here.archive.writer.retryReports(order.orderId)
  expect(await dueWithinAnHour()).toMatchObject([{ kind: 'set', sopInstanceUID: step.sopInstanceUID }])
  reports = tellAt(there.port)
  await expect.poll(dueWithinAnHour, { timeout: 60_000 }).toEqual([])
  expect(await there.archive.reader.performedStep(step.sopInstanceUID)).toMatchObject({ state: 'IN PROGRESS' })
  const { cards } = await here.archive.reader.board('20261121', '20261121')
  // A completed step without a series is refused again (0120), and the card says so again.
  expect(cards[0]?.reportNote).toContain('0120')
})

test('a request that two windows start at once begins once, and ends once', async () => {
  const order = await here.archive.writer.createOrder({ content: orderContentOf(), source: frontDesk })
  const begun = { ...{ orderId: order.orderId, serverId: 1 }, attributes: begunStep(order, 'NEGATOSCOPE', new Date()) }
  const start = (sopInstanceUID: string) =>
    here.archive.writer.reportStep({ ...begun, sopInstanceUID, kind: 'create', state: 'IN PROGRESS' })
  const [uid, other] = [newUID(), newUID()]
  expect(await Promise.all([start(uid), start(other)])).toEqual([true, false])
  const attributes = endedStep('DISCONTINUED', [], 'NEGATOSCOPE', new Date())
  const end = (state: 'COMPLETED' | 'DISCONTINUED') =>
    here.archive.writer.reportStep({ ...begun, sopInstanceUID: uid, kind: 'set', state, attributes })
  expect(await Promise.all([end('DISCONTINUED'), end('COMPLETED')])).toEqual([true, false])
  const due = await here.archive.reader.dueReports(Date.now() + 1000)
  expect(due.map(({ kind, sopInstanceUID }) => [kind, sopInstanceUID])).toEqual([['create', uid]])
  expect((await here.archive.reader.getOrder(order.orderId))?.state).toBe('discontinued')
})

test('what one window saved is not overwritten by another that did not see it', async () => {
  const { writer, reader } = here.archive
  const order = await writer.createOrder({ content: orderContentOf(), source: frontDesk })
  const later = { ...order, request: { ...order.request, time: '1100' } }
  const chipped = { ...order, patient: { ...order.patient, microchip: '276000000000001' } }
  expect(await writer.updateOrder(order.orderId, later, order)).toMatchObject({ request: { time: '1100' } })
  expect(await writer.updateOrder(order.orderId, chipped, order)).toBe('changed')
  expect((await reader.getOrder(order.orderId))?.request.time).toBe('1100')
  expect(await writer.updateOrder(order.orderId, chipped)).toMatchObject({ patient: chipped.patient })
})
