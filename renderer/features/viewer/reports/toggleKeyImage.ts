import { Star } from 'lucide-react'
import { showToast } from '../../../ui/toast.ts'
import { addMeasurement, deleteMeasurement, useMeasurements } from '../../../viewer/measurements.ts'
import type { Tile } from '../../../viewer/tile.ts'

/** Marks the picture of a tile as key image, or takes the mark away. */
export function toggleKeyImage(tile: Tile): void {
  const picture = tile.picture()
  const { source } = tile.state
  if (!picture || !source) return
  if (picture.image.reformat) {
    showToast({ icon: Star, tone: 'warn', message: 'Key images are images of the study. Mark one in the stack.' })
    return
  }
  const known = useMeasurements.getState().items.find((item) => item.kind === 'keyImage' && item.key === picture.key)
  if (known) deleteMeasurement(known.id, picture.image)
  else addMeasurement('keyImage', [[0, 0]], picture, { seriesId: source.series.seriesId, setKey: source.set.key })
}
