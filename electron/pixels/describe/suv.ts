import type { DataSet } from 'dicom-parser'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { firstDecimal, items, string, strings } from '../attributes.ts'
import { uptakeSeconds } from './uptakeTime.ts'

type Suv = NonNullable<InstanceImage['suv']>

/** (0018,1074) is in Bq, and files give MBq, mCi or kBq there: a scanner sees nothing of less, and nobody is given more. */
const LEAST_BQ = 1e4
const MOST_BQ = 1e11
/** The heaviest horse, and no person, is above it: grams or pounds are. */
const MOST_KG = 1500
const MOST_M = 3

const unknown = (why: string): Suv => ({ bodyWeight: null, leanBody: null, bodySurface: null, why })

/**
 * Factors from activity concentration to standardised uptake (PS3.3 C.8.9.1, and the vendor neutral rules of QIBA).
 * Every attribute that they rest on has to be there: a guessed weight or clock makes a number that looks like a finding.
 */
export function suv(dataSet: DataSet, isAnimal: boolean): Suv | undefined {
  if (string(dataSet, 'x00080060') !== 'PT') return undefined
  const units = string(dataSet, 'x00541001')
  if (units === 'GML' || units === 'CM2ML') return scaledAlready(dataSet, units)
  if (units !== 'BQML')
    return unknown(units === '' ? 'The unit of the values is not given.' : 'The values are not in Bq/ml.')
  const corrected = strings(dataSet, 'x00280051')
  if (!corrected.includes('ATTN')) return unknown('The image is not said to be corrected for attenuation.')
  const weightKg = positive(firstDecimal(dataSet, 'x00101030'))
  if (weightKg === undefined) return unknown('The weight of the patient is not given.')
  if (weightKg > MOST_KG) return unknown('The weight of the patient cannot be in kg.')
  const activity = activityAtScan(dataSet, corrected)
  if (typeof activity === 'string') return unknown(activity)
  const bodyWeight = (weightKg * 1000) / activity
  if (isAnimal) {
    const why = 'Lean body mass and body surface are defined for people only.'
    return { bodyWeight, leanBody: null, bodySurface: null, why }
  }
  const heightM = positive(firstDecimal(dataSet, 'x00101020'))
  if (heightM === undefined) {
    return { bodyWeight, leanBody: null, bodySurface: null, why: 'The height of the patient is not given.' }
  }
  if (heightM > MOST_M) {
    return { bodyWeight, leanBody: null, bodySurface: null, why: 'The height of the patient cannot be in m.' }
  }
  const leanKg = leanBodyMassKg(string(dataSet, 'x00100040'), weightKg, heightM)
  return {
    bodyWeight,
    leanBody: leanKg === undefined ? null : (leanKg * 1000) / activity,
    bodySurface: (bodySurfaceM2(weightKg, heightM) * 10_000) / activity,
    why: leanKg === undefined ? 'The sex of the patient is not given.' : '',
  }
}

/** The scanner has done it: (0054,1006) says by what, body weight where it does not. */
function scaledAlready(dataSet: DataSet, units: string): Suv {
  const type = string(dataSet, 'x00541006') || (units === 'CM2ML' ? 'BSA' : 'BW')
  const why = 'The scanner has normalised the values in one way only.'
  if (type === 'BSA') return { bodyWeight: null, leanBody: null, bodySurface: 1, why }
  if (type.startsWith('LBM')) return { bodyWeight: null, leanBody: 1, bodySurface: null, why }
  if (type === 'BW') return { bodyWeight: 1, leanBody: null, bodySurface: null, why }
  return unknown('The scanner has normalised the values by ideal body weight.')
}

/** Injected activity in Bq, decayed to the moment that the values are corrected to; or why it is not known. */
function activityAtScan(dataSet: DataSet, corrected: string[]): number | string {
  const [tracer, second] = items(dataSet, 'x00540016')
  if (tracer === undefined) return 'The radiopharmaceutical is not given.'
  if (second !== undefined) return 'The image names several radiopharmaceuticals.'
  const doseBq = positive(firstDecimal(tracer, 'x00181074'))
  if (doseBq === undefined) return 'The injected activity is not given.'
  if (doseBq < LEAST_BQ || doseBq > MOST_BQ) return 'The injected activity cannot be in Bq.'
  const correction = string(dataSet, 'x00541102')
  if (correction === 'ADMIN') return doseBq
  if (correction !== 'START' || !corrected.includes('DECY')) return 'How decay was corrected is not given.'
  const halfLifeS = positive(firstDecimal(tracer, 'x00181075'))
  if (halfLifeS === undefined) return 'The half-life of the tracer is not given.'
  const uptakeS = uptakeSeconds(dataSet, tracer)
  if (typeof uptakeS === 'string') return uptakeS
  const activity = doseBq * 2 ** (-uptakeS / halfLifeS)
  return activity < LEAST_BQ ? 'With its half-life the tracer has decayed before the scan.' : activity
}

/** Janmahasatian 2005; the older formula of James fails for the obese. */
function leanBodyMassKg(sex: string, weightKg: number, heightM: number): number | undefined {
  const bodyMassIndex = weightKg / heightM ** 2
  if (sex === 'M') return (9270 * weightKg) / (6680 + 216 * bodyMassIndex)
  if (sex === 'F') return (9270 * weightKg) / (8780 + 244 * bodyMassIndex)
  return undefined
}

/** Du Bois 1916. */
const bodySurfaceM2 = (weightKg: number, heightM: number) => 0.007184 * weightKg ** 0.425 * (100 * heightM) ** 0.725

const positive = (value: number | undefined) => (value !== undefined && value > 0 ? value : undefined)
