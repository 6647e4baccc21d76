import { expect, test } from 'vitest'
import { exposureText, lossyText, techniqueLines, thicknessText } from './technique.ts'

test('of X-rays the tube is told, of MR the sequence, of PET the tracer, in as many digits as consoles write', () => {
  const ct = { kilovolts: 120, milliampereSeconds: 181.2345, kernel: 'B30f', thicknessMm: 0.625 }
  expect(techniqueLines({ technique: ct })).toEqual(['120 kV, 181 mAs, B30f'])
  expect(thicknessText({ technique: ct })).toBe('0.625 mm thick')
  const mr = { repetitionTimeMs: 500, echoTimeMs: 12.04, flipAngleDegrees: 90, contrast: 'Gd' }
  expect(techniqueLines({ technique: mr })).toEqual(['TR 500, TE 12, FA 90°', 'Contrast: Gd'])
  expect(techniqueLines({ technique: { tracer: 'FDG', injectedMBq: 350 } })).toEqual(['FDG, 350 MBq'])
  expect(techniqueLines({ technique: { tiltDegrees: -18.5 } })).toEqual(['Gantry tilt −18.5°'])
  const projection = { primaryAngleDegrees: -29.96, secondaryAngleDegrees: 20 }
  expect(techniqueLines({ technique: projection })).toEqual(['RAO 30°, CRA 20°'])
  expect(techniqueLines({})).toEqual([])
})

test('a plane of a volume has no slice thickness of the scanner', () => {
  const reformat = { axis: 'dorsal', seriesId: 1, sourceInstanceId: 1 } as const
  expect(thicknessText({ technique: { thicknessMm: 2 }, reformat })).toBe('')
  expect(techniqueLines({ technique: { kilovolts: 120 }, reformat })).toEqual([])
})

test('exposure and loss are told as their standards name them', () => {
  expect(exposureText({ exposureIndex: 412.4, deviationIndex: -0.34 })).toBe('EI 412, DI −0.3')
  expect(exposureText({})).toBe('')
  expect(lossyText({ lossy: { ratio: 12.41 } })).toBe('Lossy compression 12 : 1')
  expect(lossyText({ lossy: { ratio: null } })).toBe('Lossy compression')
  expect(lossyText({})).toBe('')
})
