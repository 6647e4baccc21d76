import { frameOf } from '#shared/imaging/frameOf.ts'
import { paddingRange } from '#shared/imaging/paddingRange.ts'
import { valueUnit } from '#shared/imaging/valueUnit.ts'
import { windowPresets } from '#shared/imaging/windowPresets.ts'
import { readViewerPreferences } from '../../../api/workstation.ts'
import { fileWindows, type Window } from '../../../viewer/defaultWindow.ts'
import { sampleRange } from '../../../viewer/samples.ts'
import type { Tile } from '../../../viewer/tile.ts'
import { type Uptake, uptakeOf } from '../../../viewer/uptake.ts'

export interface Preset {
  name: string
  window: Window
}

/** Keys 1 to 9: those that are shipped or in the file, then those that somebody here made for such images. */
export function presetsOf(tile: Tile): Preset[] {
  const { current } = tile
  if (!current) return []
  const unit = valueUnit(current.image)
  const own = (readViewerPreferences()?.ownWindows ?? []).filter(
    (each) => each.modality === current.image.modality && each.unit === unit,
  )
  return [...givenPresets(tile), ...own.map(({ name, center, width }) => ({ name, window: { center, width } }))]
}

/** Those of the modality where its values have a meaning (CT), else the windows of the file and all values. */
function givenPresets(tile: Tile): Preset[] {
  const item = tile.current
  if (!item) return []
  const { image, frame } = item
  const ofModality = windowPresets(image.modality, valueUnit(image)).map(({ name, center, width }) => ({
    name,
    window: { center, width },
  }))
  if (ofModality.length > 0) return ofModality
  const uptake = uptakeOf(image)
  if (uptake) return uptakePresets(uptake)
  const { slope, intercept } = frameOf(image, frame)
  const ofFile = fileWindows(image, frame).map(({ center, width, explanation }, index) => ({
    name: explanation || `Window ${index + 1} of the file`,
    window: { center, width },
  }))
  const picture = tile.picture()
  if (!picture || image.samples.type === 'rgb8') return ofFile
  const { min, max } = sampleRange(picture.samples, paddingRange(image))
  const [a, b] = [min * slope + intercept, max * slope + intercept]
  const all = { center: (a + b) / 2, width: Math.abs(b - a) || 1 }
  return [...ofFile, { name: 'All values', window: all }].slice(0, 9)
}

/** From nothing to an uptake, in the values of the image. */
function uptakePresets({ unit, factor }: Uptake): Preset[] {
  return [5, 7, 10, 15, 20, 30].map((most) => {
    const width = most / factor
    return { name: `${unit} 0 to ${most}`, window: { center: width / 2, width } }
  })
}
