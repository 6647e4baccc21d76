import type { DataSet } from 'dicom-parser'
import { decimals, firstDecimal, unsigned16 } from '../attributes.ts'

export interface Timing {
  frameTimeMs: number | null
  frameTimeVectorMs: number[] | null
}

const FRAME_TIME_VECTOR = '00181065'
const positive = (value: number | undefined) => (value !== undefined && value > 0 ? value : undefined)
const perSecond = (rate: number | undefined) => (positive(rate) === undefined ? undefined : 1000 / (rate ?? 1))

/** Cine Module (PS3.3 C.7.6.5): the vector where it covers the frames, else the frame time, else the rates. */
export function timing(dataSet: DataSet, frames: number): Timing {
  if (!(frames > 1)) return { frameTimeMs: null, frameTimeVectorMs: null }
  const vector = decimals(dataSet, 'x00181065')
  const pointed = pointsToVector(dataSet)
  const frameTime = positive(firstDecimal(dataSet, 'x00181063'))
  // The first increment is 0 and each other one is the time since the frame before.
  const usable = vector.length === frames && vector.every((time) => time >= 0) && vector.some((time) => time > 0)
  const frameTimeVectorMs = usable && (pointed || frameTime === undefined) ? vector : null
  const rate = perSecond(firstDecimal(dataSet, 'x00082144')) ?? perSecond(firstDecimal(dataSet, 'x00180040'))
  const mean = frameTimeVectorMs && vector.reduce((sum, time) => sum + time, 0) / (frames - 1)
  return { frameTimeMs: frameTime ?? rate ?? mean ?? null, frameTimeVectorMs }
}

function pointsToVector(dataSet: DataSet): boolean {
  const group = unsigned16(dataSet, 'x00280009', 0) ?? 0
  const element = unsigned16(dataSet, 'x00280009', 1) ?? 0
  return group.toString(16).padStart(4, '0') + element.toString(16).padStart(4, '0') === FRAME_TIME_VECTOR
}
