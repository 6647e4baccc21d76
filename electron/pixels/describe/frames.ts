import type { DataSet } from 'dicom-parser'
import type { Part10Header } from '#electron/dicom/part10/readHeader.ts'
import type { FrameImage, ImagePlane } from '#shared/imaging/instanceImage.ts'
import { decimals, firstDecimal, items, strings } from '../attributes.ts'
import { imagePlane, shiftedPlane } from './imagePlane.ts'
import { spacingIn } from './spacing.ts'
import { windows } from './voi.ts'

const PIXEL_MEASURES = 'x00289110'
const PLANE_POSITION = 'x00209113'
const PLANE_ORIENTATION = 'x00209116'
const FRAME_VOI_LUT = 'x00289132'
const PIXEL_VALUE_TRANSFORMATION = 'x00289145'

export type Text = (scope: DataSet, tag: string) => string

/**
 * Of each frame: where it lies and what its values mean. Multi-frame functional groups (PS3.3 C.7.6.16) first, then
 * what the object says of all frames alike. One entry when all are the same.
 */
export function frameImages(
  header: Part10Header,
  frames: number,
  common: Omit<FrameImage, 'plane'>,
  text: Text,
  fractional: boolean,
): FrameImage[] {
  const { dataSet } = header
  const [shared] = items(dataSet, 'x52009229')
  const each = items(dataSet, 'x52009230')
  if (shared !== undefined || each.length > 0) return functionalGroups(shared, each, frames, common, text, fractional)
  const planes = framePlanes(dataSet, frames)
  if (planes.length > 1) return planes.map((plane) => ({ ...common, plane }))
  return [{ ...common, plane: planes[0] ?? null }]
}

function functionalGroups(
  shared: DataSet | undefined,
  each: DataSet[],
  frames: number,
  common: Omit<FrameImage, 'plane'>,
  text: Text,
  fractional: boolean,
): FrameImage[] {
  const of = (tag: string, own: DataSet | undefined) => (own && items(own, tag)[0]) ?? (shared && items(shared, tag)[0])
  const image = (own: DataSet | undefined): FrameImage => {
    const measures = of(PIXEL_MEASURES, own)
    const values = of(PIXEL_VALUE_TRANSFORMATION, own)
    const voi = of(FRAME_VOI_LUT, own)
    const slope = (values && firstDecimal(values, 'x00281053')) ?? common.slope
    const found = voi ? windows(voi, text, fractional || !Number.isInteger(slope)) : []
    return {
      plane: imagePlane(of(PLANE_POSITION, own), of(PLANE_ORIENTATION, own)),
      slope,
      intercept: (values && firstDecimal(values, 'x00281052')) ?? common.intercept,
      windows: found.length > 0 ? found : common.windows,
      spacing: (measures && spacingIn(measures, 'x00280030')) ?? common.spacing,
    }
  }
  if (each.length === 0) return [image(undefined)]
  const said = each.slice(0, frames).map(image)
  // Frames without an item have what is shared: nobody says where they lie.
  const all = said.length < frames ? [...said, image(undefined)] : said
  const first = JSON.stringify(all[0])
  return all.every((one) => JSON.stringify(one) === first) ? all.slice(0, 1) : all
}

/** Objects that say where their frames lie without functional groups. */
function framePlanes(dataSet: DataSet, frames: number): (ImagePlane | null)[] {
  const plane = imagePlane(dataSet, dataSet) ?? detectorPlane(dataSet)
  if (plane === null || !(frames > 1)) return [plane]
  const offsets = decimals(dataSet, 'x3004000c')
  if (offsets.length === frames) return offsets.map((offset) => shiftedPlane(plane, doseOffset(plane, offset, offsets)))
  const step = firstDecimal(dataSet, 'x00180088')
  const tomographic = strings(dataSet, 'x00080008').includes('RECON TOMO')
  if (tomographic && step !== undefined) {
    return Array.from({ length: frames }, (_, index) => shiftedPlane(plane, index * step))
  }
  return [null]
}

/** PS3.3 C.8.8.3.2: offsets relative to the first frame, or, when the first is not 0, patient z of an axial grid. */
function doseOffset(plane: ImagePlane, offset: number, offsets: number[]): number {
  return offsets[0] === 0 ? offset : offset - plane.position[2]
}

/** NM keeps position and orientation in the Detector Information Sequence (PS3.3 C.8.4.11). */
function detectorPlane(dataSet: DataSet): ImagePlane | null {
  const [detector] = items(dataSet, 'x00540022')
  return imagePlane(detector, detector)
}
