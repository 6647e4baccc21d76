import { expect, test } from 'vitest'
import { commandWord } from './commandWord.ts'

test.each([
  ['ORTHANC_1', 'ORTHANC_1'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['CT 1', '"CT 1"'],
  ['A;calc', '"A;calc"'],
  ['A&B|C>D', '"A&B|C>D"'],
  ['$(reboot)', 'VALUE'],
  ['`reboot`', 'VALUE'],
  ['-xs', 'VALUE'],
  ['1.2\ncalc', 'VALUE'],
  ['A\u201d; calc', 'VALUE'],
  ['', '""'],
])('%j on a command line is %j', (value, written) => {
  expect(commandWord(value)).toBe(written)
})
