import { expect, test } from 'vitest'
import type { MoveProgress } from '#electron/dicom/nodeApi.ts'
import { type RetrieveResult, retrieveEnd } from './retrieveEnd.ts'

const final: MoveProgress = {
  final: true,
  status: 0,
  errorComment: undefined,
  remaining: undefined,
  completed: 124,
  failed: 0,
  warning: 0,
  failedSOPInstanceUIDs: [],
}
const ended = (change: Partial<MoveProgress>, more: Partial<RetrieveResult> = {}) =>
  retrieveEnd({
    final: { ...final, ...change },
    arrived: 124,
    arrivedNow: more.arrived ?? 124,
    by: 'move',
    refusedHere: 0,
    total: 124,
    serverName: 'Northview',
    destination: { aeTitle: 'NEGATOSCOPE', address: '10.0.4.31', port: 11112 },
    ...more,
  })

test('everything arrived: done, without words', () => {
  expect(ended({})).toEqual({ state: 'done', message: '' })
})

test('what the server could not send is counted', () => {
  const { state, message } = ended({ status: 0xb000, completed: 120, failed: 4 }, { arrived: 120 })
  expect(state).toBe('partial')
  expect(message).toContain('Northview sent 120 of 124 images. It could not send 4.')
})

test('a server that claims more than arrived is not believed', () => {
  const { state, message } = ended({ completed: 124 }, { arrived: 100 })
  expect(state).toBe('partial')
  expect(message).toContain('says that it sent 124 images; 100 arrived here')
})

test('an unknown destination names the three values, for A801 and for a C000 before any image', () => {
  for (const status of [0xa801, 0xc000]) {
    const { state, message } = ended({ status, completed: 0 }, { arrived: 0 })
    expect(state).toBe('failed')
    expect(message).toContain('AE title NEGATOSCOPE, address 10.0.4.31, port 11112')
  }
})

test('a failure half-way keeps what arrived', () => {
  const { state, message } = ended({ status: 0xc001, completed: 50 }, { arrived: 50 })
  expect(state).toBe('partial')
  expect(message).toContain('sent 50 of 124')
  expect(message).toContain('(C001)')
})

test('nothing to send is not a success', () => {
  expect(ended({ completed: 0 }, { arrived: 0, total: 5 }).state).toBe('failed')
})

test('a cancelled retrieve is cancelled', () => {
  expect(ended({ status: 0xfe00, completed: 4 }, { arrived: 4 }).state).toBe('cancelled')
})

test('when nothing arrives by MOVE the second connection is explained, with its address and port', () => {
  for (const change of [
    { status: 0xa702, completed: 0, failed: 3 },
    { status: 0xb000, completed: 0, failed: 3 },
  ]) {
    const { state, message } = ended(change, { arrived: 0 })
    expect(state).toBe('failed')
    expect(message).toContain('second connection, from Northview to 10.0.4.31, port 11112')
    expect(message).toContain('GET, under Servers')
  }
})

test('when the second connection was open once and no longer is, it is explained as well', () => {
  const change = { status: 0xc000, completed: 0 }
  const { state, message } = ended(change, { arrived: 50, arrivedNow: 0 })
  expect(state).toBe('partial')
  expect(message).toContain('sent 50 of 124 images')
  expect(message).toContain('firewalls and routers must let it through')
})

test('by GET nobody is told of a second connection, and C000 is no unknown destination', () => {
  for (const status of [0xa702, 0xc000]) {
    const { message } = ended({ status, completed: 0, failed: 3 }, { arrived: 0, by: 'get' })
    expect(message).not.toContain('second connection')
    expect(message).not.toContain('AE title')
  }
})

test('what this workstation refused is not blamed on the server', () => {
  const refused = { arrived: 0, refusedHere: 3, by: 'get' as const }
  expect(ended({ status: 0xa702, completed: 0, failed: 3 }, refused).message).toContain('could not be kept here')
})
