import { expect, test } from 'vitest'
import { verdictOfError, verdictOfStatus } from './verdict.ts'

const error = (details: object) => Object.assign(new Error('x'), { details })

test.each([
  ['nobody listens', error({ code: 'REFUSED' }), 'passing'],
  ['no answer', error({ code: 'TIMED_OUT' }), 'passing'],
  ['no way there', error({ code: 'UNREACHABLE' }), 'passing'],
  ['cut', error({ code: 'LOST' }), 'passing'],
  ['broken off', error({ code: 'ABORTED' }), 'passing'],
  ['our own thread starts anew', Object.assign(new Error('x'), { code: 'THREAD_GONE' }), 'passing'],
  ['rejected for now', error({ code: 'REJECTED', rejection: { result: 2, source: 3, reason: 1 } }), 'passing'],
  ['rejected for good', error({ code: 'REJECTED', rejection: { result: 1, source: 1, reason: 7 } }), 'final'],
  ['the resolver is silent', error({ code: 'UNKNOWN_HOST', cause: 'EAI_AGAIN' }), 'passing'],
  ['nobody knows the name', error({ code: 'UNKNOWN_HOST', cause: 'ENOTFOUND' }), 'final'],
  ['a certificate', error({ code: 'TLS', cause: 'CERT_HAS_EXPIRED' }), 'final'],
  ['a web server', error({ code: 'NOT_DICOM' }), 'final'],
  ['no such service', error({ code: 'NO_CONTEXT' }), 'final'],
  ['a fault of ours', new TypeError('x'), 'final'],
] as const)('%s', (_, thrown, verdict) => {
  expect(verdictOfError(thrown)).toBe(verdict)
})

test.each([
  [0xa700, 'passing'],
  [0xa702, 'passing'],
  [0xa7ff, 'passing'],
  [0x0213, 'passing'],
  [0x0110, 'doubtful'],
  [0xa801, 'final'],
  [0xa900, 'final'],
  [0xa9ff, 'final'],
  [0xc000, 'final'],
  [0xcfff, 'final'],
  [0x0122, 'final'],
  [0x0124, 'final'],
] as const)('status %i is %s', (status, verdict) => {
  expect(verdictOfStatus(status)).toBe(verdict)
})
