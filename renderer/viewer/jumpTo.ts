import { frameKey } from './frameStore.ts'
import { type Measurement, selectMeasurement } from './measurements.ts'
import { fetchSeries, fetchStudies } from './openOnLightBox.ts'
import { openSeries } from './openSeries.ts'
import { tiles, useSession } from './session.ts'
import type { Tile } from './tile.ts'

/** Shows the image that a measurement lies on, in this tile, and selects it; a hidden one stays hidden. */
export async function jumpTo(tile: Tile, { id, key, seriesId, setKey, instanceId, frame }: Measurement): Promise<void> {
  selectMeasurement(id)
  tile.cine.pause()
  const at = tile.state.stack.findIndex((item) => frameKey(item) === key)
  if (at >= 0) {
    tile.goTo(at)
    return
  }
  for (const studyId of useSession.getState().studyIds) {
    const series = (await fetchSeries(studyId)).find((each) => each.seriesId === seriesId)
    const [study] = series ? await fetchStudies([studyId]) : []
    if (series && study) {
      await openSeries(tiles.indexOf(tile), study, series, { setKey, instanceId, frame })
      return
    }
  }
}
