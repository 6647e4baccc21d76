import { expect, test } from 'vitest'
import { uptakeOf } from './uptake.ts'

const suv = { bodyWeight: 0.0002, leanBody: null, bodySurface: 0.00005, why: 'The sex of the patient is not given.' }

test('the uptake that is wanted is told where the file allows it, else another with its own name', () => {
  expect(uptakeOf({ suv }, 'bodySurface')).toEqual({ kind: 'bodySurface', unit: 'SUV bsa', factor: 0.00005 })
  expect(uptakeOf({ suv }, 'leanBody')).toEqual({ kind: 'bodyWeight', unit: 'SUV bw', factor: 0.0002 })
  expect(
    uptakeOf({ suv: { bodyWeight: null, leanBody: null, bodySurface: null, why: 'No weight.' } }, 'bodyWeight'),
  ).toBeUndefined()
  expect(uptakeOf({}, 'bodyWeight')).toBeUndefined()
})
