import type { MeasuredValue } from './measurement.ts'

/** `value` is the result, `details` the lines under it; the source of the spacing always among them. */
export interface MeasurementText {
  value: string
  details: string[]
}

export function measurementText(measured: MeasuredValue): MeasurementText {
  switch (measured.kind) {
    case 'length':
      return { value: `${size(measured.length)} ${measured.unit}`, details: [measured.source] }
    case 'angle':
      return { value: `${measured.degrees.toFixed(1)}°`, details: [] }
    case 'probe': {
      const place = `column ${measured.column + 1}, row ${measured.row + 1}`
      if (measured.values.length === 0) return { value: 'Outside', details: [place] }
      const values = measured.values.map(number).join(', ')
      return { value: measured.unit ? `${values} ${measured.unit}` : values, details: [place] }
    }
    case 'ellipse': {
      const area =
        measured.areaUnit === 'mm²' && measured.area >= 100
          ? `${size(measured.area / 100)} cm²`
          : `${size(measured.area)} ${measured.areaUnit}`
      if (!measured.statistics) return { value: area, details: [measured.source] }
      const { mean, deviation, min, max } = measured.statistics
      return {
        value: `${number(mean)}${measured.unit ? ` ${measured.unit}` : ''}, SD ${number(deviation)}`,
        details: [`min ${number(min)}, max ${number(max)}`, `${area}, ${measured.source}`],
      }
    }
  }
}

function size(value: number): string {
  return value >= 1000 ? value.toFixed(0) : value >= 1 || value === 0 ? value.toFixed(1) : value.toFixed(2)
}

/** A measured value with four significant digits and a true minus sign; whole numbers stay whole. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const rounded = Number.isInteger(value)
    ? String(value)
    : Math.abs(value) >= 1e6
      ? value.toExponential(3)
      : trim(value)
  return rounded.replace('-', '−')
}

function trim(value: number): string {
  const size = Math.abs(value)
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 1 : size >= 1 ? 2 : 4
  return String(Number(value.toFixed(digits)))
}
