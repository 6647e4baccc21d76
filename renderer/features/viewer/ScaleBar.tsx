import type { StackFrame } from '#shared/imaging/displaySets.ts'
import type { Affine } from '../../viewer/camera.ts'
import { scaledImage, useMeasurements } from '../../viewer/measurements.ts'
import css from './Overlays.module.css'
import { scaleOf } from './scaleOf.ts'

interface ScaleBarProps {
  item: StackFrame
  imageToCanvas: Affine
}

/** A round number of millimetres, as long as they are on this picture; none where the file does not say. */
export function ScaleBar({ item, imageToCanvas }: ScaleBarProps) {
  // A scale that somebody sets changes it.
  useMeasurements((state) => state.items)
  const scale = scaleOf(scaledImage(item.image, item.instanceId), item.frame, imageToCanvas)
  if (!scale) return null
  const { px, text } = scale
  return (
    <span className={css.scale} data-scale={text}>
      <svg width={px + 3} height={8} aria-hidden="true">
        {['halo', 'line'].map((part) => (
          <path key={part} data-part={part} d={`M1.5 1V6.5H${px + 1.5}V1`} />
        ))}
      </svg>
      {text}
    </span>
  )
}
