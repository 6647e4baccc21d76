import { expect, test } from 'vitest'
import { encodeAssociateAccept, encodeAssociateRequest } from './associatePdu.ts'
import {
  decodeAbort,
  decodeReject,
  encodeAbort,
  encodeReject,
  encodeReleaseRequest,
  encodeReleaseResponse,
} from './controlPdu.ts'
import { decodeAssociateAccept, decodeAssociateRequest } from './decodeAssociate.ts'
import { InvalidPdu, sendingPduLength } from './pduType.ts'

const ascii = (text: string) => Buffer.from(text, 'latin1').toString('hex')
const item = (type: string, content: string) =>
  `${type}00${(content.length / 2).toString(16).padStart(4, '0')}${content}`
const pdu = (type: string, content: string) =>
  `${type}00${(content.length / 2).toString(16).padStart(8, '0')}${content}`

const fixed = `00010000${ascii('CALLED'.padEnd(16))}${ascii('CALLING'.padEnd(16))}${'00'.repeat(32)}`
const applicationContext = item('10', ascii('1.2.840.10008.3.1.1.1'))
const userInformation = item(
  '50',
  item('51', '00004000') +
    item('52', ascii('1.2.3')) +
    item('54', `0003${ascii('1.2')}0100`) +
    item('55', ascii('NAME')),
)
const user = {
  maxPduLength: 16_384,
  implementationClassUID: '1.2.3',
  implementationVersionName: 'NAME',
  roles: [{ sopClassUID: '1.2', scu: true, scp: false }],
  extended: [],
}
/** The role selection above has a three-byte UID: `0003` is its length. */
const titles = { calledAETitle: 'CALLED', callingAETitle: 'CALLING' }

test('A-ASSOCIATE-RQ is encoded byte for byte as PS3.8 Table 9-11 says, and read back', () => {
  const contexts = [{ id: 1, abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2', '1.2.4'] }]
  const context = item(
    '20',
    `01000000${item('30', ascii('1.2.840.10008.1.1'))}${item('40', ascii('1.2.840.10008.1.2'))}${item('40', ascii('1.2.4'))}`,
  )
  const bytes = encodeAssociateRequest({ ...titles, contexts, ...user })
  expect(bytes.toString('hex')).toBe(pdu('01', fixed + applicationContext + context + userInformation))
  expect(decodeAssociateRequest(bytes.subarray(6))).toEqual({
    protocolVersion: 1,
    applicationContextUID: '1.2.840.10008.3.1.1.1',
    ...titles,
    contexts,
    ...user,
  })
})

test('A-ASSOCIATE-AC is encoded byte for byte as PS3.8 Table 9-17 says, and read back', () => {
  const contexts = [
    { id: 1, result: 0, transferSyntax: '1.2.840.10008.1.2' },
    { id: 3, result: 4, transferSyntax: '1.2.4' },
  ]
  const bytes = encodeAssociateAccept({ ...titles, contexts, ...user })
  const answers =
    item('21', `01000000${item('40', ascii('1.2.840.10008.1.2'))}`) +
    item('21', `03000400${item('40', ascii('1.2.4'))}`)
  expect(bytes.toString('hex')).toBe(pdu('02', fixed + applicationContext + answers + userInformation))
  expect(decodeAssociateAccept(bytes.subarray(6))).toEqual({ protocolVersion: 1, ...titles, contexts, ...user })
})

test('the small PDUs are ten bytes each', () => {
  expect(encodeReject({ result: 1, source: 2, reason: 7 }).toString('hex')).toBe('03000000000400010207')
  expect(encodeReleaseRequest().toString('hex')).toBe('05000000000400000000')
  expect(encodeReleaseResponse().toString('hex')).toBe('06000000000400000000')
  expect(encodeAbort({ source: 2, reason: 6 }).toString('hex')).toBe('07000000000400000206')
  expect(decodeReject(Buffer.from('00010207', 'hex'))).toEqual({ result: 1, source: 2, reason: 7 })
  expect(decodeAbort(Buffer.from('00000206', 'hex'))).toEqual({ source: 2, reason: 6 })
})

test('an item that is longer than what holds it is refused', () => {
  const lying = Buffer.from(`${fixed}2000ffff01000000`, 'hex')
  expect(() => decodeAssociateRequest(lying)).toThrow(InvalidPdu)
  expect(() => decodeAssociateRequest(Buffer.alloc(40))).toThrow(InvalidPdu)
  expect(() => decodeAssociateRequest(Buffer.from(`${fixed}5000000851000004ffffffff`, 'hex'))).not.toThrow()
  expect(() => decodeAssociateRequest(Buffer.from(`${fixed}500000065100000200ff`, 'hex'))).toThrow(InvalidPdu)
})

test('context IDs may come in any order; even ones and doubles are refused', () => {
  const context = (id: string) => item('20', `${id}000000${item('30', ascii('1.2'))}${item('40', ascii('1.3'))}`)
  const ids = (list: string[]) =>
    decodeAssociateRequest(Buffer.from(fixed + list.map(context).join(''), 'hex')).contexts.map(({ id }) => id)
  expect(ids(['05', '01', 'ff', '03'])).toEqual([5, 1, 255, 3])
  expect(() => ids(['01', '02'])).toThrow(InvalidPdu)
  expect(() => ids(['01', '01'])).toThrow(InvalidPdu)
})

test('UIDs and AE titles padded with NUL are read without it', () => {
  const context = item('20', `01000000${item('30', `${ascii('1.2')}00`)}${item('40', ascii('1.3 '))}`)
  const nul = fixed.replace(ascii('CALLED'.padEnd(16)), `${ascii('CALLED')}${'00'.repeat(10)}`)
  const request = decodeAssociateRequest(Buffer.from(nul + context, 'hex'))
  expect(request.contexts).toEqual([{ id: 1, abstractSyntax: '1.2', transferSyntaxes: ['1.3'] }])
  expect(request.calledAETitle).toBe('CALLED')
})

test("the peer's maximum PDU length is kept within 4 KB and 1 MB; 0 means no limit", () => {
  expect([0, 1, 6, 2048, 4096, 16_384, 0xffffffff].map(sendingPduLength)).toEqual([
    1_048_576, 128, 128, 2048, 4096, 16_384, 1_048_576,
  ])
})

test('a request full of UIDs made of spaces is read at once', () => {
  const spaces = `${' '.repeat(65_000)}1`
  const uids = Array.from({ length: 7 }, () => item('10', ascii(spaces))).join('')
  const body = Buffer.from(fixed + uids + userInformation, 'hex')
  const startedAt = performance.now()
  expect(decodeAssociateRequest(body).applicationContextUID).toBe(spaces)
  expect(performance.now() - startedAt).toBeLessThan(5000)
})
