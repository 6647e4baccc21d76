import type { DataSet } from 'dicom-parser'
import type { SpacingSource } from '#shared/imaging/instanceImage.ts'
import { decimals, firstDecimal, string } from '../attributes.ts'

type Spacing = [number, number]

export interface KnownSpacing {
  spacing: Spacing | null
  source: SpacingSource
  note: string
}

const projection = new Set(['CR', 'DX', 'MG', 'IO', 'PX', 'XA', 'RF', 'RG', 'RTIMAGE'])

/** mm between rows, then between columns (PS3.3 10.7.1.3). */
export function spacingIn(dataSet: DataSet, tag: string): Spacing | null {
  const [rows, columns] = decimals(dataSet, tag)
  return rows !== undefined && columns !== undefined && rows > 0 && columns > 0 ? [rows, columns] : null
}

const same = (a: Spacing, b: Spacing) => Math.abs(a[0] - b[0]) < 1e-4 * a[0] && Math.abs(a[1] - b[1]) < 1e-4 * a[1]

const calibrationTypes: Record<string, string> = { GEOMETRY: 'by geometry', FIDUCIAL: 'by a fiducial' }

/**
 * What a pixel measures and how it is known (PS3.3 10.7.1.1): a projection image that was not calibrated has the
 * spacing of its detector, where the patient appears magnified.
 */
export function knownSpacing(dataSet: DataSet, modality: string): KnownSpacing {
  const pixel = spacingIn(dataSet, 'x00280030')
  const imager = spacingIn(dataSet, 'x00181164')
  if (imager !== null) return projected(dataSet, modality, pixel, imager)
  if (pixel !== null) {
    const type = string(dataSet, 'x00280a02')
    if (type !== '') return { spacing: pixel, source: 'calibrated', note: calibrationTypes[type] ?? '' }
    return { spacing: pixel, source: 'pixel-spacing', note: projection.has(modality) ? 'not said how calibrated' : '' }
  }
  const scanned = spacingIn(dataSet, 'x00182010')
  if (scanned !== null) return { spacing: scanned, source: 'film', note: '' }
  const imagePlane = spacingIn(dataSet, 'x30020011')
  if (imagePlane !== null) return { spacing: imagePlane, source: 'detector', note: 'in the image plane' }
  return { spacing: null, source: 'none', note: '' }
}

function projected(dataSet: DataSet, modality: string, pixel: Spacing | null, imager: Spacing): KnownSpacing {
  if (pixel !== null && !same(pixel, imager)) {
    const type = string(dataSet, 'x00280a02')
    return { spacing: pixel, source: 'calibrated', note: calibrationTypes[type] ?? '' }
  }
  const magnification = firstDecimal(dataSet, 'x00181114')
  if (magnification === undefined || magnification <= 1 || magnification > 10) {
    return { spacing: imager, source: 'detector', note: '' }
  }
  const factor = magnification.toFixed(2)
  // IHE RAD TF-2 4.16.4.2.2.1.2: mammograms are measured in the breast, not on the detector.
  if (modality === 'MG') {
    const spacing: Spacing = [imager[0] / magnification, imager[1] / magnification]
    return { spacing, source: 'detector', note: `corrected for magnification ${factor}` }
  }
  return { spacing: imager, source: 'detector', note: `not corrected for magnification ${factor}` }
}
