import { expect, test } from 'vitest'
import type { Device } from './deviceList.ts'
import { knockAdvice } from './knockAdvice.ts'
import type { RefusedCaller } from './knocks.ts'

const device: Device = {
  ...{ deviceId: 7, revision: 1, aeTitle: 'CT_SCANNER_1', address: '10.0.4.40', vendor: '', model: '', modality: '' },
  ...{ place: '', note: '', aliases: [], calledAs: [], access: 'allow' },
}
const here = {
  aeTitle: 'NEGATOSCOPE',
  devices: [device],
  servers: [{ aeTitle: 'NORTHPAC', host: '10.0.4.12', name: 'Northview' }],
}
const advice = (aeTitle: string, calledAETitle = 'NEGATOSCOPE', address = '10.0.4.40') => {
  const knock: RefusedCaller = {
    ...{ knockId: 'x', aeTitle, address, calledAETitle, firstAt: 0, lastAt: 0, times: 1, offered: [] },
  }
  return knockAdvice(knock, here)
}

test('nearly a known name from the same address is almost certainly that device', () => {
  expect(advice('CT_SCANNER_l')).toMatchObject([
    {
      ...{ kind: 'alias', deviceId: 7, title: 'Almost certainly your CT_SCANNER_1' },
      words: 'The last character is a small letter L, not the digit 1. Same address.',
    },
  ])
})

test('from another address it may be a second one: nothing is taken for granted', () => {
  expect(advice('ct_scanner_1', 'NEGATOSCOPE', '10.0.4.99')).toMatchObject([
    { kind: 'alias', deviceId: null, title: 'Probably your CT_SCANNER_1' },
  ])
})

test('a known name from another address is said to have moved', () => {
  expect(advice('CT_SCANNER_1', 'NEGATOSCOPE', '10.0.4.99')).toMatchObject([
    { kind: 'address', deviceId: 7, said: '10.0.4.99', known: '10.0.4.40' },
  ])
})

test('another name for us is told from a mistyped one', () => {
  expect(advice('OLYMPUS', 'VETIGEN_PACS')).toMatchObject([{ kind: 'other-called', said: 'VETIGEN_PACS' }])
  expect(advice('OLYMPUS', 'NEGAT0SCOPE')).toMatchObject([{ kind: 'called', saidAt: [5] }])
})

test('exchanged AE titles are recognised', () => {
  expect(advice('NEGATOSCOPE', 'CT_SCANNER_1')).toMatchObject([{ kind: 'swapped' }])
  // A new device, too: nobody but us has our name.
  expect(advice('NEGATOSCOPE', 'OLYMPUS_1', '10.0.4.77')).toMatchObject([
    { kind: 'swapped', words: expect.stringContaining('calls us OLYMPUS_1, which may be its own.') },
  ])
})

test('servers of the editor are known names too, strangers are like nothing', () => {
  expect(advice('NORTHPAC ', 'NEGATOSCOPE', '10.0.4.12')).toMatchObject([{ title: 'Almost certainly your Northview' }])
  expect(advice('SOMEBODY')).toEqual([])
})
