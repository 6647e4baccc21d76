import { HEART_SCORE_VERTEBRAE } from '#shared/imaging/animalMeasures.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import { type Affine, apply } from '../../../viewer/camera.ts'
import layer from '../MeasurementLayer.module.css'

/** T4, T5 ... over the vertebrae that are marked. */
export function VertebraNames({ points, imageToCanvas }: { points: readonly ImagePoint[]; imageToCanvas: Affine }) {
  const edges = points.slice(HEART_SCORE_VERTEBRAE).map((point) => apply(imageToCanvas, point))
  return edges.slice(1).map(([x, y], at) => {
    const [fromX, fromY] = edges[at] ?? [x, y]
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a vertebra is its place
      <text key={at} className={layer.label} textAnchor="middle" x={(x + fromX) / 2} y={(y + fromY) / 2 - 8}>
        T{at + 4}
      </text>
    )
  })
}
