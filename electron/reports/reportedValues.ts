import type { MeasuredValue } from '#shared/imaging/measuredValue.ts'
import { type Code, concepts, unitOf } from './codes.ts'

/** A number of a measurement, and which of its shapes it comes from. */
export interface ReportedValue {
  concept: Code
  value: number
  unit: Code
  /** Of the graphics; undefined where it is of all. */
  graphic?: number
}

/** What a measurement says in numbers. */
export function reportedValues(measured: MeasuredValue): ReportedValue[] {
  switch (measured.kind) {
    case 'length':
      return [{ concept: concepts.length, value: measured.length, unit: unitOf(measured.unit), graphic: 0 }]
    case 'angle':
      return [{ concept: concepts.angle, value: measured.degrees, unit: unitOf('deg'), graphic: 0 }]
    case 'cobb':
      return [{ concept: concepts.cobb, value: measured.degrees, unit: unitOf('deg') }]
    case 'bidirectional':
      return [
        { concept: concepts.longAxis, value: measured.long, unit: unitOf(measured.unit), graphic: 0 },
        { concept: concepts.shortAxis, value: measured.short, unit: unitOf(measured.unit), graphic: 1 },
      ]
    case 'heartRatio': {
      const { heart, thorax } = measured
      return [
        { concept: concepts.heartWidth, value: heart, unit: unitOf(measured.unit), graphic: 0 },
        { concept: concepts.thoraxWidth, value: thorax, unit: unitOf(measured.unit), graphic: 1 },
        ...(thorax > 0 ? [{ concept: concepts.heartRatio, value: heart / thorax, unit: unitOf('') }] : []),
      ]
    }
    case 'heartScore':
      return [
        { concept: concepts.heartScore, value: measured.score, unit: unitOf('v') },
        { concept: concepts.heartScoreLong, value: measured.long, unit: unitOf('v'), graphic: 0 },
        { concept: concepts.heartScoreShort, value: measured.short, unit: unitOf('v'), graphic: 1 },
      ]
    case 'norberg':
      return [
        { concept: concepts.norbergFirst, value: measured.first, unit: unitOf('deg') },
        { concept: concepts.norbergSecond, value: measured.second, unit: unitOf('deg') },
      ]
    case 'plateau':
      return [{ concept: concepts.plateau, value: measured.degrees, unit: unitOf('deg') }]
    case 'probe': {
      const [value, ...others] = measured.values
      if (value == null || others.length > 0) return []
      const concept = measured.unit === 'HU' ? concepts.attenuation : concepts.value
      return [{ concept, value, unit: unitOf(measured.unit), graphic: 0 }]
    }
    case 'calibration':
    case 'arrow':
    case 'text':
    case 'keyImage':
      return []
    default: {
      const { area, areaUnit, statistics, unit } = measured
      const of = unitOf(unit)
      const values = statistics
        ? [
            { concept: concepts.mean, value: statistics.mean, unit: of },
            { concept: concepts.deviation, value: statistics.deviation, unit: of },
            { concept: concepts.minimum, value: statistics.min, unit: of },
            { concept: concepts.maximum, value: statistics.max, unit: of },
          ]
        : []
      return [{ concept: concepts.area, value: area, unit: unitOf(areaUnit) }, ...values]
    }
  }
}
