import { frameKey } from './frameStore.ts'
import { type Measurement, selectMeasurement } from './measurements.ts'
import { openSeries } from './openSeries.ts'
import { tiles } from './session.ts'
import type { Tile } from './tile.ts'

/** Shows the image that a measurement lies on, in this tile, and selects it. */
export function jumpTo(tile: Tile, { id, key, seriesId, setKey }: Measurement): void {
  selectMeasurement(id)
  tile.cine.pause()
  const at = tile.state.stack.findIndex((item) => frameKey(item) === key)
  const { source } = tile.state
  if (at >= 0) tile.goTo(at)
  else if (source?.series.seriesId === seriesId) {
    const [, instanceId, frame] = key.split(':')
    void openSeries(tiles.indexOf(tile), source.study, source.series, {
      setKey,
      instanceId: Number(instanceId),
      frame: Number(frame),
    })
  }
}
