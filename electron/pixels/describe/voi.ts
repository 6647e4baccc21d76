import type { DataSet } from 'dicom-parser'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { decimals, items, string, unsigned16, valueBytes } from '../attributes.ts'
import { readLut } from '../lut.ts'

type VoiLut = NonNullable<InstanceImage['voiLut']>
type Window = InstanceImage['perFrame'][number]['windows'][number]
type Text = (scope: DataSet, tag: string) => string

const GREY_LEVELS = 255
const WHOLE_STEPS = 16

/**
 * Windows of the VOI LUT Module (PS3.3 C.11.2) in the terms of the function LINEAR. LINEAR_EXACT with centre c and
 * width w is LINEAR with c + 0.5 and w + 1 (C.11.2.1.3.2). A narrow window over fractional values can mean nothing else:
 * LINEAR counts in whole steps.
 */
export function windows(dataSet: DataSet, text: Text, fractional: boolean): Window[] {
  const centers = decimals(dataSet, 'x00281050')
  const widths = decimals(dataSet, 'x00281051')
  if (centers.length === 0 || widths.length === 0) return []
  const explanations = text(dataSet, 'WindowCenterWidthExplanation').split('\\')
  const shape = string(dataSet, 'x00281056')
  const exact = shape === 'LINEAR_EXACT'
  const found: Window[] = []
  for (const [index, center] of centers.slice(0, 16).entries()) {
    const width = widths[index]
    if (width === undefined || width <= 0) continue
    const shift = shape !== 'SIGMOID' && (exact || width < 1 || (fractional && width <= WHOLE_STEPS))
    const explanation = explanations[index] ?? ''
    found.push(shift ? { center: center + 0.5, width: width + 1, explanation } : { center, width, explanation })
  }
  return found
}

/** VOI LUT Sequence (PS3.3 C.11.2.1.1), as a sampled curve of modality values. */
export function voiLut(dataSet: DataSet, signedInput: boolean, bigEndian: boolean, text: Text): VoiLut | null {
  const [item] = items(dataSet, 'x00283010')
  if (item === undefined) return null
  const lut = readLut(
    unsigned16(item, 'x00283002', 0),
    unsigned16(item, 'x00283002', 1),
    unsigned16(item, 'x00283002', 2),
    valueBytes(item, 'x00283006'),
    signedInput,
    bigEndian,
  )
  if (lut === undefined) return null
  const values = Array.from(lut.entries, (entry) => round((entry * GREY_LEVELS) / lut.maximum))
  return { firstInput: lut.firstInput, values, explanation: text(item, '00283003') }
}

const round = (grey: number) => Math.round(grey * 100) / 100
