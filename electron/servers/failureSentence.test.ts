import { expect, test } from 'vitest'
import { type CallContext, failureOf } from './failureSentence.ts'
import { tlsSentence } from './tlsSentence.ts'

const context: CallContext = {
  serverName: 'Northview',
  calledAETitle: 'NORTHPAC',
  callingAETitle: 'NEGATOSCOPE',
  ourAddress: '10.0.4.31',
  host: '10.0.4.12',
  port: 104,
  tls: false,
  connectTimeoutMs: 10_000,
}
const failed = (details: object, more: Partial<CallContext> = {}) =>
  failureOf(Object.assign(new Error('x'), { details }), { ...context, ...more })

test('each failure names who puts it right, with the values in it', () => {
  expect(failed({ code: 'REFUSED', cause: 'ECONNREFUSED' }).sentence).toBe(
    '10.0.4.12 is there, but nothing listens on port 104. Is the PACS running, is the port right?',
  )
  expect(failed({ code: 'TIMED_OUT', cause: 'ETIMEDOUT' }).sentence).toBe(
    'No answer from 10.0.4.12 in 10 s. Wrong address, machine off, or a firewall drops us.',
  )
  expect(failed({ code: 'TIMED_OUT' }, { port: 25080 }).sentence).toContain(
    'takes the connection on port 25080 and then says nothing',
  )
  expect(failed({ code: 'LOST' }).sentence).toContain('expect TLS')
  expect(failed({ code: 'LOST' }, { hasAnswered: true }).sentence).not.toContain('TLS')
  expect(failed({ code: 'UNKNOWN_HOST' }, { host: 'pacs.example' }).sentence).toContain('pacs.example')
  expect(failed({ code: 'NOT_DICOM', cause: 'HTTP' }, { port: 8042 }).sentence).toContain(
    '8042, but it is a web server',
  )
})

test('a rejection says whose name is wrong and keeps the protocol words', () => {
  const wrongCalled = failed({ code: 'REJECTED', rejection: { result: 1, source: 1, reason: 7 } })
  expect(wrongCalled.sentence).toContain('does not accept the name NORTHPAC')
  expect(wrongCalled.technical).toBe('rejected 1/1/7, called AE title not recognized')
  const wrongCalling = failed({ code: 'REJECTED', rejection: { result: 1, source: 1, reason: 3 } })
  expect(wrongCalling.sentence).toContain('must add AE title NEGATOSCOPE, address 10.0.4.31')
  const busy = failed({ code: 'REJECTED', rejection: { result: 2, source: 3, reason: 2 } })
  expect(busy.sentence).toContain('Try again')
})

test('every result, source and reason of PS3.8 table 9-21 has a sentence', () => {
  for (const result of [1, 2])
    for (const source of [1, 2, 3, 9])
      for (let reason = 0; reason <= 10; reason += 1)
        expect(failed({ code: 'REJECTED', rejection: { result, source, reason } }).sentence).toMatch(/[.?]$/)
})

test('certificate problems are told apart, and that nothing was sent', () => {
  const tls = (cause: string) => failed({ code: 'TLS', cause }, { tls: true }).sentence
  expect(tls('CERT_HAS_EXPIRED')).toContain('must renew it. Nothing was sent.')
  expect(tls('ERR_TLS_CERT_ALTNAME_INVALID')).toContain('another name than 10.0.4.12')
  expect(tls('DEPTH_ZERO_SELF_SIGNED_CERT')).toContain('choose "One certificate alone (pinned)"')
  expect(tls('UNABLE_TO_VERIFY_LEAF_SIGNATURE')).toContain('authority')
  expect(tls('ERR_SSL_WRONG_VERSION_NUMBER')).toContain('not with TLS')
  const web = { serverName: 'Northview', host: '10.0.4.12', port: 8042, showsCertificate: false, isWeb: true }
  expect(tlsSentence('ERR_SSL_WRONG_VERSION_NUMBER', web)).toContain('Write http:// in the web address')
})

test('statuses of a peer become sentences with the code last', () => {
  expect(failed({ code: 'DIMSE', status: 0xa700 }).sentence).toBe(
    'Northview has no room left. Its administrator must make space. (A700)',
  )
  const quoted = failed({ code: 'DIMSE', status: 0xc001, errorComment: `bad\u0000 ${'x'.repeat(500)}` }).sentence
  expect(quoted).toContain('"bad x')
  expect(quoted.length).toBeLessThan(250)
})

test('what has no details is a fault of ours and says so', () => {
  expect(failureOf(new TypeError('x'), context).sentence).toContain('inside this workstation')
})
