import { type ColourMap, colourTable } from './colourMaps.ts'

/** PS3.3 C.11.2.1.2, VOI LUT Function LINEAR: grey 0..255 of a modality value. Width is >= 1. */
export function windowGrey(value: number, center: number, width: number): number {
  const low = center - 0.5 - (width - 1) / 2
  const high = center - 0.5 + (width - 1) / 2
  if (value <= low) return 0
  if (value > high) return 255
  return ((value - (center - 0.5)) / (width - 1) + 0.5) * 255
}

/** LINEAR_EXACT of the same place, for values that are not whole numbers: there a width below 1 has a meaning. */
export function exactWindowGrey(value: number, center: number, width: number): number {
  if (value <= center - width / 2) return 0
  if (value > center + width / 2) return 255
  return ((value - center) / width + 0.5) * 255
}

/** PS3.3 C.11.2.1.3.1, VOI LUT Function SIGMOID. */
export function sigmoidGrey(value: number, center: number, width: number): number {
  return 255 / (1 + Math.exp((-4 * (value - center)) / width))
}

export type WindowShape = 'linear' | 'linear-exact' | 'sigmoid'

const greyOfShape = {
  linear: (value: number, center: number, width: number) => windowGrey(value, center, Math.max(1, width)),
  'linear-exact': exactWindowGrey,
  sigmoid: sigmoidGrey,
} as const

/** A sampled curve, input -> 0..255; what lies outside takes the first or last entry (PS3.3 C.11.2.1.1). */
export interface GreyCurve {
  firstInput: number
  values: readonly number[]
}

export function curveGrey(value: number, curve: GreyCurve): number {
  const last = curve.values.length - 1
  const at = Math.min(last, Math.max(0, Math.floor(value - curve.firstInput)))
  return curve.values[at] ?? 0
}

export interface GreyMapping {
  slope: number
  intercept: number
  center: number
  width: number
  shape: WindowShape
  inverted: boolean
  /** In place of grey. */
  colours?: ColourMap | undefined
  /** Used in place of the window when set. */
  curve: GreyCurve | null
  /** Stored values that lie outside the image (PS3.3 C.7.5.1.1.2), both ends included: black whatever the window. */
  padding?: { min: number; max: number } | undefined
}

/** Grey of a stored value. */
export function greyOf(stored: number, mapping: GreyMapping): number {
  const { padding } = mapping
  if (padding && stored >= padding.min && stored <= padding.max) return 0
  const value = stored * mapping.slope + mapping.intercept
  const grey = mapping.curve
    ? curveGrey(value, mapping.curve)
    : greyOfShape[mapping.shape](value, mapping.center, mapping.width)
  // Not a number (float images): black, in both polarities.
  if (Number.isNaN(grey)) return 0
  return mapping.inverted ? 255 - grey : grey
}

/** One opaque RGBA pixel (little endian) for each stored value of an 8 or 16 bit image, from `first` up. */
export function greyTable(first: number, length: number, mapping: GreyMapping): Uint32Array {
  const table = new Uint32Array(length)
  const colours = colourTable(mapping.colours ?? 'grey')
  for (let i = 0; i < length; i++) table[i] = colours[Math.round(greyOf(first + i, mapping))] ?? 0xff000000
  return table
}
