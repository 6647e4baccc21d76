import { expect, test } from 'vitest'
import { axisNames } from './anatomicalDirections.ts'
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
  const names = axisNames(none) ?? []
  expect(lettersOfDirection([0.9, 0.43, 0.05], names)).toBe('LP')
  expect(lettersOfDirection([0.3, -0.1, -0.95], names)).toBe('FL')
  expect(lettersOfDirection([0, 0, 0], names)).toBe('')
})

const QUADRUPED = { anatomicalOrientationType: 'QUADRUPED' } as const

test('a slice of a quadruped has the letters of quadrupeds', () => {
  expect(edgeLetters({ ...none, ...QUADRUPED }, structuredClone(axial) as never, upright)).toEqual({
    right: 'Le',
    left: 'Rt',
    bottom: 'D',
    top: 'V',
  })
  const dorsal = { plane: { position: [0, 0, 0], rowDirection: [1, 0, 0], columnDirection: [0, 0, -1] } }
  expect(edgeLetters({ ...none, ...QUADRUPED, bodyPart: 'ABDOMEN' }, dorsal as never, upright)).toMatchObject({
    bottom: 'Cd',
    top: 'Cr',
  })
})

test('a slice of the limb of a quadruped has no letters of the trunk', () => {
  const letters = edgeLetters({ ...none, ...QUADRUPED, bodyPart: 'Carpus' }, structuredClone(axial) as never, upright)
  expect(letters).toEqual({ right: '', left: '', bottom: '', top: '' })
})

test('letters that people and animals share are told apart by the anatomical orientation type', () => {
  const letters = (patientOrientation: string[], type: object) =>
    edgeLetters({ patientOrientation, ...type }, { plane: null }, upright)
  expect(letters(['PR', 'L'], QUADRUPED)).toEqual({ right: 'Pr', left: 'Di', bottom: 'L', top: 'M' })
  expect(letters(['PR', 'L'], { anatomicalOrientationType: 'BIPED' })).toEqual({
    right: 'PR',
    left: 'AL',
    bottom: 'L',
    top: 'R',
  })
  for (const values of [
    ['PR', 'L'],
    ['PA', 'L'],
    ['R', 'PL'],
    ['L', ''],
  ]) {
    expect(letters(values, {})).toEqual({ right: values[0], left: '', bottom: values[1], top: '' })
  }
})

test('opposite dorsal lies no ventral in a limb', () => {
  expect(edgeLetters({ patientOrientation: ['D', 'DI'], ...QUADRUPED }, { plane: null }, upright)).toEqual({
    right: 'D',
    left: '',
    bottom: 'Di',
    top: 'Pr',
  })
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
