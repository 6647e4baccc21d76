import { fetchSeries, fetchStudies } from './fetchStudies.ts'
import { lieKeyOf } from './liesOn.ts'
import { type Measurement, selectMeasurement } from './measurements.ts'
import { startMpr } from './mpr/mpr.ts'
import { showPlane } from './mpr/turn.ts'
import { openSeries } from './openSeries.ts'
import { activate, tiles, useSession } from './session.ts'
import type { Tile } from './tile.ts'

/** In this tile, or else in another one that has its plane; false where none has. */
function goWhereShown(tile: Tile, { key, reformat }: Measurement): boolean {
  const shown = [tile, ...(reformat ? tiles : [])]
  for (const each of shown) {
    const at = each.state.stack.findIndex((one) => lieKeyOf(one) === key)
    if (at < 0) continue
    each.stopAt(at)
    activate(tiles.indexOf(each))
    return true
  }
  return false
}

/** Shows the image that a measurement lies on, in this tile, and selects it; a hidden one stays hidden. */
export async function jumpTo(tile: Tile, item: Measurement): Promise<void> {
  const { id, seriesId, setKey, instanceId, frame } = item
  selectMeasurement(id)
  tile.cine.pause()
  if (goWhereShown(tile, item)) return
  for (const studyId of useSession.getState().studyIds) {
    const series = (await fetchSeries(studyId)).find((each) => each.seriesId === seriesId)
    const [study] = series ? await fetchStudies([studyId]) : []
    if (series && study) {
      await openSeries(tiles.indexOf(tile), study, series, { setKey, instanceId, frame })
      // On a plane of a volume: that is made first.
      if (item.reformat && startMpr(tile) === undefined && !goWhereShown(tile, item)) {
        // It was measured at another angle.
        showPlane(item.reformat)
        goWhereShown(tile, item)
      }
      return
    }
  }
}
