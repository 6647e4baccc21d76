import { expect, test } from 'vitest'
import { type CommandSet, decodeCommandSet, encodeCommandSet } from './commandSet.ts'
import { DimseProtocolError } from './dimseError.ts'

test('a C-STORE response is encoded byte for byte', () => {
  const bytes = encodeCommandSet({
    commandField: 0x8001,
    hasDataSet: false,
    affectedSOPClassUID: '1.2',
    messageIDBeingRespondedTo: 5,
    status: 0xa700,
    errorComment: 'Full',
    affectedSOPInstanceUID: '1.23',
  })
  expect(bytes.toString('hex')).toBe(
    [
      '00000000040000004c000000',
      '0000020004000000312e3200',
      '00000001020000000180',
      '00002001020000000500',
      '00000008020000000101',
      '000000090200000000a7',
      '000002090400000046756c6c',
      '0000001004000000312e3233',
    ].join(''),
  )
})

test('every element comes back as it was', () => {
  const command: CommandSet = {
    commandField: 0x8021,
    hasDataSet: true,
    affectedSOPClassUID: '1.2.840.10008.5.1.4.1.2.2.2',
    requestedSOPClassUID: '1.2',
    messageID: 65_535,
    messageIDBeingRespondedTo: 1,
    moveDestination: 'DEST',
    priority: 2,
    status: 0xff00,
    offendingElements: [0x00100010, 0xfffee000],
    errorComment: 'x',
    errorID: 3,
    affectedSOPInstanceUID: '1.2.3',
    requestedSOPInstanceUID: '1.2.3.4',
    eventTypeID: 1,
    attributeIdentifiers: [0x00080018],
    actionTypeID: 2,
    remainingSubOperations: 1,
    completedSubOperations: 2,
    failedSubOperations: 3,
    warningSubOperations: 4,
    moveOriginatorAETitle: 'ORIGIN',
    moveOriginatorMessageID: 9,
  }
  expect(decodeCommandSet(encodeCommandSet(command))).toEqual(command)
})

test('an empty or missing number is absent, not 0', () => {
  const bytes = Buffer.from('00000001020000002180000020100000000000', 'hex').subarray(0, 18)
  expect(decodeCommandSet(bytes)).toEqual({ commandField: 0x8021, hasDataSet: false })
})

test.each([
  ['an element of 2 GB', '00000001ffffff7f2100'],
  ['half an element', '0000000102'],
  ['a number of four bytes', '000000010400000021000000'],
  ['an element of another group', '08000001020000002100'],
  ['no command field', '00000008020000000101'],
])('%s is refused', (_, hex) => {
  expect(() => decodeCommandSet(Buffer.from(hex, 'hex'))).toThrow(DimseProtocolError)
})

test('a comment is cut to 64 plain characters', () => {
  const comment = `Größe\\${'x'.repeat(100)}`
  const { errorComment } = decodeCommandSet(
    encodeCommandSet({ commandField: 0x8001, hasDataSet: false, errorComment: comment }),
  )
  expect(errorComment).toHaveLength(64)
  expect(errorComment).toMatch(/^Gr\?\?e\?x+$/)
})

test('a text of spaces is read at once, and one that is too long stays too long', () => {
  const value = Buffer.from(`1${' '.repeat(60_000)}.2`, 'latin1')
  const bytes = Buffer.alloc(18 + value.length)
  bytes.writeUInt16LE(0x0002, 2)
  bytes.writeUInt32LE(value.length, 4)
  value.copy(bytes, 8)
  bytes.writeUInt16LE(0x0100, 10 + value.length)
  bytes.writeUInt32LE(2, 12 + value.length)
  const startedAt = performance.now()
  decodeCommandSet(bytes)
  expect(performance.now() - startedAt).toBeLessThan(5000)
  bytes.fill('1', 8, 8 + value.length)
  expect(decodeCommandSet(bytes).affectedSOPClassUID?.length).toBeGreaterThan(64)
})
