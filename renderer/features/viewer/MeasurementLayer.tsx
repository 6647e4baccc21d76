import { measure } from '#shared/imaging/measurement.ts'
import { measurementText } from '#shared/imaging/measurementText.ts'
import { type Affine, apply } from '../../viewer/camera.ts'
import { type Measurement, useMeasurements } from '../../viewer/measurements.ts'
import type { Tile } from '../../viewer/tile.ts'
import { useDraft } from './drawing.ts'
import type { Point } from './hitTest.ts'
import { placeLabels } from './labels.ts'
import css from './MeasurementLayer.module.css'
import { useTileParts } from './useTile.ts'

/** Lines, handles and values over the picture. Every line stands on a wider dark one, so that it shows on any grey. */
export function MeasurementLayer({ tile }: { tile: Tile }) {
  const { imageToCanvas } = useTileParts(tile, ({ imageToCanvas, index, status }) => ({ imageToCanvas, index, status }))
  const { items, selected } = useMeasurements()
  const draft = useDraft((state) => (state.draft?.tile === tile ? state.draft : undefined))
  const picture = tile.picture()
  if (!imageToCanvas || !picture) return null
  const drawn: (Pick<Measurement, 'id' | 'kind' | 'points' | 'measured'> & { chosen: boolean })[] = items
    .filter(({ key }) => key === picture.key)
    .map((item) => ({ ...item, chosen: item.id === selected }))
  if (draft?.key === picture.key) {
    const measured = measure(draft.kind, draft.points, picture.image, picture.frame, picture.samples)
    if (measured) drawn.push({ id: 'draft', kind: draft.kind, points: draft.points, measured, chosen: true })
    else {
      return (
        <svg className={css.layer} aria-hidden="true">
          <Shape kind="length" points={place(draft.points, imageToCanvas)} />
        </svg>
      )
    }
  }
  const shapes = drawn.map(({ id, kind, points, measured, chosen }) => {
    const placed = place(points, imageToCanvas)
    return { id, kind, chosen, placed, text: measurementText(measured), at: labelPlace(kind, placed) }
  })
  const labels = placeLabels(shapes.map(({ at, text }) => ({ at, lines: [text.value, ...text.details] })))
  return (
    <svg className={css.layer} aria-hidden="true">
      {shapes.map(({ id, kind, chosen, placed, text, at }, position) => {
        const label = labels[position] ?? at
        return (
          <g key={id} data-chosen={chosen}>
            <Shape kind={kind} points={placed} />
            <text className={css.label} x={label[0]} y={label[1]}>
              <tspan className={css.value}>{text.value}</tspan>
              {text.details.map((line) => (
                <tspan key={line} className={css.detail} x={label[0]} dy={15}>
                  {line}
                </tspan>
              ))}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

function place(points: readonly Point[], imageToCanvas: Affine): Point[] {
  return points.map((point) => apply(imageToCanvas, point))
}

function Shape({ kind, points }: { kind: Measurement['kind']; points: Point[] }) {
  const path = outline(kind, points)
  return (
    <>
      <path className={css.halo} d={path} />
      <path className={css.line} d={path} />
      {kind !== 'probe' &&
        points.map(([x, y], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the points of a measurement keep their order
          <circle key={index} className={css.handle} cx={x} cy={y} r={3.5} />
        ))}
    </>
  )
}

function outline(kind: Measurement['kind'], points: Point[]): string {
  const [a, b] = points
  if (!a) return ''
  if (kind === 'probe') {
    const [x, y] = a
    return `M${x - 9} ${y}H${x - 3}M${x + 3} ${y}H${x + 9}M${x} ${y - 9}V${y - 3}M${x} ${y + 3}V${y + 9}`
  }
  if (kind === 'ellipse' && b) {
    const rx = Math.abs(b[0] - a[0]) / 2
    const ry = Math.abs(b[1] - a[1]) / 2
    const left = Math.min(a[0], b[0])
    const middle = (a[1] + b[1]) / 2
    return `M${left} ${middle}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0`
  }
  return `M${points.map(([x, y]) => `${x} ${y}`).join('L')}`
}

/** Beside the rightmost point; an angle at its apex. */
function labelPlace(kind: Measurement['kind'], points: Point[]): Point {
  const apex = kind === 'angle' ? points[1] : undefined
  const [x, y] = apex ?? points.reduce((a, b) => (b[0] > a[0] ? b : a), points[0] ?? [0, 0])
  return [x + 12, y + 4]
}
