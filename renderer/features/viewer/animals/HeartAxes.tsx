import { HEART_SCORE_VERTEBRAE, pointAlong } from '#shared/imaging/animalMeasures.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import { type Affine, apply } from '../../../viewer/camera.ts'
import layer from '../MeasurementLayer.module.css'

const TICK_PX = 7
const BELOW_PX = 20
/** Beside the end of an axis. */
const BESIDE_PX = 10

interface HeartAxesProps {
  points: readonly ImagePoint[]
  /** Height of a pixel divided by its width. */
  aspect: number
  imageToCanvas: Affine
}

/** Which axis is the long one, and how far each reaches along the vertebrae: what the count can be checked by. */
export function HeartAxes({ points, aspect, imageToCanvas }: HeartAxesProps) {
  const scale = { x: 1, y: aspect }
  const edges = points.slice(HEART_SCORE_VERTEBRAE)
  return ['L', 'S'].map((name, nth) => {
    const [from, to] = points.slice(2 * nth, 2 * nth + 2)
    if (!from || !to) return null
    const [x, y] = apply(imageToCanvas, to)
    const reach = pointAlong(edges, Math.hypot(to[0] - from[0], (to[1] - from[1]) * aspect), scale)
    const tick = reach && tickAt(reach.at, reach.way, imageToCanvas)
    return (
      <g key={name}>
        <text className={layer.label} x={x + BESIDE_PX} y={y + 4}>
          {name}
        </text>
        {tick && (
          <>
            <path className={layer.halo} d={tick.path} />
            <path className={layer.line} d={tick.path} />
            <text className={layer.label} textAnchor="middle" x={tick.x} y={tick.y + BELOW_PX}>
              {name}
            </text>
          </>
        )}
      </g>
    )
  })
}

/** Across the line of the vertebrae, as it lies on the screen. */
function tickAt(at: ImagePoint, way: ImagePoint, imageToCanvas: Affine): { path: string; x: number; y: number } {
  const [x, y] = apply(imageToCanvas, at)
  const [toX, toY] = apply(imageToCanvas, [at[0] + way[0], at[1] + way[1]])
  const length = Math.hypot(toX - x, toY - y) || 1
  const [dx, dy] = [((toX - x) / length) * TICK_PX, ((toY - y) / length) * TICK_PX]
  return { path: `M${x - dy} ${y + dx}L${x + dy} ${y - dx}`, x, y }
}
