import { useEffect } from 'react'
import { measurementText } from '#shared/imaging/measurementText.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import { type Affine, apply } from '../../viewer/camera.ts'
import { lieKey } from '../../viewer/liesOn.ts'
import { type Measurement, measureOn, tellAnew, useMeasurements } from '../../viewer/measurements.ts'
import type { Tile } from '../../viewer/tile.ts'
import { HeartAxes } from './animals/HeartAxes.tsx'
import { VertebraNames } from './animals/VertebraNames.tsx'
import { aspectOf, useDraft } from './drawing.ts'
import type { Point } from './hitTest.ts'
import { setLabelBoxes } from './labelBoxes.ts'
import { baselineOf, type LabelBox, labelScale, lineOf, placeLabels } from './labels.ts'
import css from './MeasurementLayer.module.css'
import { handles, outline } from './outline.ts'
import { useTileParts } from './useTile.ts'
import { useWindowWidth } from './useWindowWidth.ts'

type Drawn = Pick<Measurement, 'id' | 'kind' | 'points' | 'name' | 'moved'> & {
  chosen: boolean
  lines: readonly string[]
  measured?: Measurement['measured'] | undefined
}

/** Lines, handles and values over the picture. Every line stands on a wider dark one, so that it shows on any grey. */
export function MeasurementLayer({ tile }: { tile: Tile }) {
  const { imageToCanvas } = useTileParts(tile, ({ imageToCanvas, index, status, made }) => ({
    ...{ imageToCanvas, index, status, made },
  }))
  const { items, selected } = useMeasurements()
  const scale = labelScale(useWindowWidth())
  const draft = useDraft((state) => (state.draft?.tile === tile ? state.draft : undefined))
  const picture = imageToCanvas && tile.picture()
  useEffect(() => {
    if (picture) tellAnew(picture)
  })
  const drawn: Drawn[] = []
  if (picture) {
    const key = lieKey(picture)
    for (const item of items) {
      if (item.key !== key || item.hidden || item.kind === 'keyImage') continue
      // The saved value is shown until the pixels under it are known; then it is what they say.
      drawn.push({ ...item, chosen: item.id === selected, lines: linesOf(item) })
    }
    if (draft?.key === picture.key) {
      const { kind, points } = draft
      const measured = kind === 'calibration' ? undefined : measureOn(picture, kind, points)
      const lines = measured ? linesOf({ name: '', measured }) : []
      drawn.push({ id: 'draft', kind, points, name: '', moved: null, chosen: true, lines })
    }
  }
  const shapes = drawn.map((item) => {
    const aspect = picture ? aspectOf(picture, item.points) : 1
    const anchor = imageToCanvas ? anchorOf(item, imageToCanvas) : ([0, 0] as const)
    const at = imageToCanvas && item.moved ? shifted(anchor, item.moved, imageToCanvas) : anchor
    return { ...item, aspect, anchor, at }
  })
  const element = tile.view?.element
  const boxes = placeLabels(
    shapes.map(({ id, at, lines, moved }) => ({ id, at, lines, fixed: moved !== null })),
    element && { width: element.clientWidth, height: element.clientHeight },
    scale,
  )
  useEffect(() => setLabelBoxes(tile, boxes))
  if (!imageToCanvas || !picture) return null
  return (
    <svg className={css.layer} aria-hidden="true">
      {shapes.map(({ id, kind, points, chosen, lines, aspect, anchor, moved }) => {
        const box = boxes.find((each) => each.id === id)
        return (
          <g key={id} data-chosen={chosen} data-kind={kind}>
            <Shape kind={kind} points={points} aspect={aspect} imageToCanvas={imageToCanvas} chosen={chosen} />
            {box && moved && <path className={css.leader} d={leader(anchor, box)} />}
            {kind === 'heartScore' && (
              <>
                <VertebraNames points={points} imageToCanvas={imageToCanvas} />
                <HeartAxes points={points} aspect={aspect} imageToCanvas={imageToCanvas} />
              </>
            )}
            {box && <Words box={box} lines={lines} scale={scale} />}
          </g>
        )
      })}
    </svg>
  )
}

function Words({ box, lines, scale }: { box: LabelBox; lines: readonly string[]; scale: number }) {
  const step = lineOf(scale)
  return (
    <>
      <rect
        className={css.plate}
        x={box.left - 3}
        y={box.top - 2}
        width={box.right - box.left + 6}
        height={box.bottom - box.top + 3}
      />
      <text className={css.label} x={box.left} y={baselineOf(box, scale)}>
        {lines.map((line, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines keep their places
          <tspan key={row} className={row === 0 ? css.value : css.detail} x={box.left} dy={row === 0 ? 0 : step}>
            {line}
          </tspan>
        ))}
      </text>
    </>
  )
}

/** A number of which the lines alone do not say what it is. */
const shortNames: Partial<Record<Measurement['kind'], string>> = {
  cobb: 'Cobb',
  heartRatio: 'CTR',
  heartScore: 'VHS',
  norberg: 'Norberg',
  plateau: 'TPA',
}

/** A name stands above the value; words alone are all that an arrow or a text has. */
function linesOf({ name, measured }: Pick<Measurement, 'name' | 'measured'>): string[] {
  const { value, details } = measurementText(measured)
  const called = [shortNames[measured.kind], value].filter(Boolean).join(' ')
  return [name, called, ...details].filter((line) => line !== '')
}

interface ShapeProps {
  kind: Measurement['kind']
  points: readonly ImagePoint[]
  aspect: number
  imageToCanvas: Affine
  chosen: boolean
}

function Shape({ kind, points, aspect, imageToCanvas, chosen }: ShapeProps) {
  const place = (point: ImagePoint) => apply(imageToCanvas, point)
  const path =
    sign(kind, points.map(place)) ||
    outline(kind, points, aspect)
      .map((line) => drawn(line.map(place)))
      .join('')
  return (
    <>
      <path className={css.halo} d={path} />
      <path className={css.line} d={path} />
      {/* What its corners are of. */}
      {kind === 'ellipse' && chosen && (
        <path
          className={css.leader}
          d={outline('rectangle', points, aspect)
            .map((line) => drawn(line.map(place)))
            .join('')}
        />
      )}
      {kind !== 'probe' &&
        handles(kind, points).map((point, index) => {
          const [x, y] = place(point)
          // biome-ignore lint/suspicious/noArrayIndexKey: the points of a measurement keep their order
          return <circle key={index} className={css.handle} cx={x} cy={y} r={kind === 'arrow' ? 2 : 3.5} />
        })}
    </>
  )
}

const drawn = (points: readonly Point[]) => `M${points.map(([x, y]) => `${x} ${y}`).join('L')}`

const HEAD_PX = 12

/** Signs of a fixed size on the screen: the cross of a probe, the head of an arrow. */
function sign(kind: Measurement['kind'], [a, b]: readonly Point[]): string {
  if (!a) return ''
  const [x, y] = a
  if (kind === 'probe') {
    return `M${x - 9} ${y}H${x - 3}M${x + 3} ${y}H${x + 9}M${x} ${y - 9}V${y - 3}M${x} ${y + 3}V${y + 9}`
  }
  if (kind !== 'arrow' || !b) return ''
  const angle = Math.atan2(b[1] - y, b[0] - x)
  const side = (turn: number): Point => [x + HEAD_PX * Math.cos(angle + turn), y + HEAD_PX * Math.sin(angle + turn)]
  return drawn([b, a]) + drawn([side(0.45), a, side(-0.45)])
}

/** Beside the rightmost point; an angle at its apex, an arrow at its end. */
function anchorOf({ kind, points }: Drawn, imageToCanvas: Affine): Point {
  const own = kind === 'angle' || kind === 'arrow' ? points[1] : undefined
  const placed = (own ? [own] : points).map((point) => apply(imageToCanvas, point))
  const [x, y] = placed.reduce((a, b) => (b[0] > a[0] ? b : a), placed[0] ?? [0, 0])
  return [x + 12, y + 4]
}

function shifted([x, y]: Point, [column, row]: ImagePoint, [a, b, c, d]: Affine): Point {
  return [x + a * column + c * row, y + b * column + d * row]
}

/** From the measurement to words that were moved away from it. */
function leader([x, y]: Point, { left, right, top, bottom }: LabelBox): string {
  const to = [Math.min(Math.max(x - 12, left), right), Math.min(Math.max(y - 4, top), bottom)] as const
  return `M${x - 12} ${y - 4}L${to[0]} ${to[1]}`
}
