import type { MeasuredArea, MeasuredValue } from './measuredValue.ts'

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
    case 'cobb':
      return { value: `${measured.degrees.toFixed(1)}°`, details: [] }
    case 'bidirectional': {
      const { long, short, unit, source } = measured
      return { value: `${size(long)} × ${size(short)} ${unit}`, details: [source] }
    }
    case 'heartRatio': {
      const { heart, thorax, unit, source } = measured
      const widths = `heart ${size(heart)}, thorax ${size(thorax)} ${unit}`
      return { value: thorax > 0 ? (heart / thorax).toFixed(2) : '–', details: [widths, source] }
    }
    case 'heartScore': {
      const { score, long, short, longLength, shortLength, unit, source } = measured
      const axes = `long ${long.toFixed(1)} v, short ${short.toFixed(1)} v`
      return {
        value: `${score.toFixed(1)} v`,
        details: [axes, `${size(longLength)} and ${size(shortLength)} ${unit}, ${source}`],
      }
    }
    case 'norberg':
      return { value: `${measured.first.toFixed(1)}°, ${measured.second.toFixed(1)}°`, details: [] }
    case 'plateau':
      return { value: `${measured.degrees.toFixed(1)}°`, details: [] }
    case 'calibration':
      return { value: `${number(measured.knownMm)} mm`, details: [`${size(measured.pixels)} px, sets the scale`] }
    case 'arrow':
    case 'text':
    case 'keyImage':
      return { value: '', details: [] }
    case 'probe': {
      const place = `column ${measured.column + 1}, row ${measured.row + 1}`
      const [first] = measured.values
      if (first === undefined) return { value: 'Outside', details: [place] }
      const values = measured.values.map((value) => (value === null ? '–' : number(value))).join(', ')
      const uptake = first === null ? [] : uptakeText(measured.suv, (factor) => uptakeNumber(first * factor))
      const details = [...overText(measured.over), ...uptake, place]
      return { value: measured.unit ? `${values} ${measured.unit}` : values, details }
    }
    default:
      return areaText(measured)
  }
}

function areaText({
  area,
  areaUnit,
  pixels,
  paddingPixels,
  statistics,
  source,
  unit,
  suv,
}: MeasuredArea): MeasurementText {
  const written = areaUnit === 'mm²' && area >= 100 ? `${size(area / 100)} cm²` : `${size(area)} ${areaUnit}`
  if (!statistics) return { value: written, details: paddingPixels ? [source, 'nothing but padding'] : [source] }
  const counted = paddingPixels ? [`${pixels} of ${pixels + paddingPixels} pixels, the others are padding`] : []
  const { mean, deviation, min, max } = statistics
  const uptake = uptakeText(suv, (factor) => `${uptakeNumber(mean * factor)}, max ${uptakeNumber(max * factor)}`)
  return {
    value: `${number(mean)}${unit ? ` ${unit}` : ''}, SD ${number(deviation)}`,
    details: [...uptake, `min ${number(min)}, max ${number(max)}`, ...counted, `${written}, ${source}`],
  }
}

/** What the volume over it has at the same place. */
function overText(over: Extract<MeasuredValue, { kind: 'probe' }>['over']): string[] {
  if (!over) return []
  const { name, value, unit, suv } = over
  if (value === null) return [`${name} does not reach here`]
  return [`${name} ${number(value)} ${unit}`.trim(), ...uptakeText(suv, (factor) => uptakeNumber(value * factor))]
}

/** What the values are as uptake; nothing where it is not known. */
function uptakeText(suv: MeasuredArea['suv'], write: (factor: number) => string): string[] {
  const ways = [
    ['SUV bw', suv?.bodyWeight],
    ['SUV lean', suv?.leanBody],
    ['SUV bsa', suv?.bodySurface],
  ] as const
  return ways.flatMap(([name, factor]) => (factor == null ? [] : [`${name} ${write(factor)}`]))
}

/** Two decimals are what is read of an uptake. */
const uptakeNumber = (value: number) => number(Number(value.toFixed(2)))

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
  // A slope of 0.00005 is not 0.
  if (size < 0.001) return String(Number(value.toPrecision(3)))
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 1 : size >= 1 ? 2 : 4
  return String(Number(value.toFixed(digits)))
}
