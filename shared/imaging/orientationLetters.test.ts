import { expect, test } from 'vitest'
import { edgeLetters, lettersOfDirection } from './orientationLetters.ts'

const upright = { right: [1, 0], down: [0, 1] } as const
const axial = { plane: { position: [0, 0, 0], rowDirection: [1, 0, 0], columnDirection: [0, 1, 0] } } as const
const none = { patientOrientation: [] }

test('an axial slice of a supine patient has the left at the right edge and the front on top', () => {
  expect(edgeLetters(none, structuredClone(axial) as never, upright)).toEqual({
    right: 'L',
    left: 'R',
    bottom: 'P',
    top: 'A',
  })
})

test('after a quarter turn clockwise the former left edge is on top', () => {
  // screen right shows what was up: (column, row) = (0, -1); screen down shows what was right
  expect(edgeLetters(none, structuredClone(axial) as never, { right: [0, -1], down: [1, 0] })).toEqual({
    right: 'A',
    left: 'P',
    bottom: 'L',
    top: 'R',
  })
})

test('a mirrored image has its letters mirrored', () => {
  expect(edgeLetters(none, structuredClone(axial) as never, { right: [-1, 0], down: [0, 1] })).toMatchObject({
    right: 'R',
    left: 'L',
  })
})

test('an oblique direction names its larger part first and leaves tiny ones out', () => {
  expect(lettersOfDirection([0.9, 0.43, 0.05])).toBe('LP')
  expect(lettersOfDirection([0.3, -0.1, -0.95])).toBe('FL')
  expect(lettersOfDirection([0, 0, 0])).toBe('')
})

test('a projection image uses its patient orientation', () => {
  expect(edgeLetters({ patientOrientation: ['L', 'F'] }, { plane: null }, upright)).toEqual({
    right: 'L',
    left: 'R',
    bottom: 'F',
    top: 'H',
  })
  expect(edgeLetters({ patientOrientation: ['A', 'FR'] }, { plane: null }, upright)).toMatchObject({
    bottom: 'FR',
    top: 'HL',
  })
})

test('an animal keeps the letters of its file', () => {
  expect(edgeLetters({ patientOrientation: ['CD', 'V'] }, { plane: null }, upright)).toEqual({
    right: 'Cd',
    left: 'Cr',
    bottom: 'V',
    top: 'D',
  })
  expect(edgeLetters({ patientOrientation: ['LE', 'CDV'] }, { plane: null }, upright)).toMatchObject({
    left: 'Rt',
    bottom: 'CdV',
    top: 'CrD',
  })
})

test('nothing is made up where the file is silent or unknown', () => {
  expect(edgeLetters(none, { plane: null }, upright)).toEqual({ right: '', left: '', bottom: '', top: '' })
  expect(edgeLetters({ patientOrientation: ['XQ', ''] }, { plane: null }, upright)).toMatchObject({
    right: 'XQ',
    left: '',
  })
})
