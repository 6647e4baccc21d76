import { expect, test } from 'vitest'
import { nearMiss } from './nearMiss.ts'

test.each([
  ['CT_SCANNER_l', 'CT_SCANNER_1', 'look-alikes', 'The last character is a small letter L, not the digit 1.'],
  ['ct1', 'CT1', 'capitals', 'Capitals and small letters differ; in AE titles they count.'],
  ['NEGAT0SCOPE', 'NEGATOSCOPE', 'look-alikes', 'Character 6 is the digit 0, not a capital letter O.'],
  ['IDEXX DR', 'IDEXXDR', 'blanks', 'A blank is too many.'],
  ['MR-ESAOTE-1', 'MR_ESAOTE_1', 'signs', 'Hyphens, underscores, dots or blanks differ.'],
  ['MR-ESAOTE', 'MR_ESAOTE', 'signs', 'Character 3 is a hyphen, not an underscore.'],
  ['MRESAOTE', 'MR_ESAOTE', 'signs', 'An underscore is missing.'],
  ['MINDRAY_VETU', 'MINDRAY_VETUS', 'typing', 'A capital letter S is missing.'],
  ['MIDNRAY', 'MINDRAY', 'typing', 'It differs in very little.'],
  ['ct-scanner-l', 'CT_SCANNER_1', 'typing', 'It differs in very little.'],
])('%s is taken for %s: %s', (said, known, kind, words) => {
  expect(nearMiss(said, known)).toMatchObject({ kind, words })
})

test('what is equal, or another one, is no near miss', () => {
  expect(nearMiss('CT1', 'CT1')).toBeUndefined()
  expect(nearMiss('CT1', 'CT2')).toBeUndefined()
  expect(nearMiss('CT_SCANNER', 'MR_SCANNER')).toBeUndefined()
  expect(nearMiss('', 'CT1')).toBeUndefined()
})

test('the places that differ are marked in both', () => {
  expect(nearMiss('CT_SCANNER_l', 'CT_SCANNER_1')).toMatchObject({ saidAt: [11], knownAt: [11] })
  expect(nearMiss('MRESAOTE', 'MR_ESAOTE')).toMatchObject({ saidAt: [], knownAt: [2] })
})
