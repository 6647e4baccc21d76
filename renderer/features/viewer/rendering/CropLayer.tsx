import { useEffect, useRef, useState } from 'react'
import { axisNames } from '#shared/imaging/anatomicalDirections.ts'
import { lettersOfDirection } from '#shared/imaging/orientationLetters.ts'
import { dot, minus, times, type Vector3 } from '#shared/imaging/vector.ts'
import type { VolumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import { centreOf, mmPerPixel, placeOf, useRendering } from '../../../viewer/rendering/rendering.ts'
import css from './Rendering.module.css'

const axes = [0, 1, 2] as const
type Axis = (typeof axes)[number]
type End = 'low' | 'high'
const ends: readonly End[] = ['low', 'high']
/** Of the volume; thinner is no box. */
const LEAST = 0.02

/** The box that is left of the volume: its edges, a ring on each side to drag, and a slider for each side. */
export function CropLayer() {
  const { cropping, crop, geometry, image } = useRendering()
  // Where the box lies on the screen changes with these.
  const { facing, zoom: _, pan } = useRendering()
  const layer = useRef<SVGSVGElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const element = layer.current
    if (!element || !cropping) return
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [cropping])
  if (!cropping || !geometry || !image) return null
  const mm = mmPerPixel(size)
  const centre = centreOf(geometry)
  const place = (share: Vector3): readonly [number, number] => {
    const off = minus(placeOf(geometry, share), centre)
    const x = size.width / 2 + (dot(off, facing.right) + pan[0]) / mm
    const y = size.height / 2 + (dot(off, facing.down) + pan[1]) / mm
    return [x, y]
  }
  const corner = (at: number): Vector3 => axes.map((axis) => crop[at & (1 << axis) ? 'high' : 'low'][axis]) as never
  const edges = axes.flatMap((axis) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((at) => !(at & (1 << axis))).map((at) => [at, at | (1 << axis)] as const),
  )
  return (
    <>
      <svg ref={layer} className={css.box} aria-hidden="true">
        {size.width > 0 &&
          edges.map(([from, to]) => {
            const [[x1, y1], [x2, y2]] = [place(corner(from)), place(corner(to))]
            return <path key={`${from}-${to}`} className={css.edge} d={`M${x1} ${y1}L${x2} ${y2}`} />
          })}
        {size.width > 0 &&
          axes.flatMap((axis) =>
            ends.map((end) => {
              const middle = axes.map((each) =>
                each === axis ? crop[end][axis] : (crop.low[each] + crop.high[each]) / 2,
              ) as unknown as Vector3
              const ahead = middle.with(axis, middle[axis] + 0.1) as unknown as Vector3
              const [at, next] = [place(middle), place(ahead)]
              return <Ring key={`${axis}${end}`} {...{ axis, end, at }} way={[next[0] - at[0], next[1] - at[1]]} />
            }),
          )}
      </svg>
      <fieldset className={css.sliders}>
        <legend>Crop</legend>
        {axes.flatMap((axis) =>
          ends.map((end) => (
            <label key={`${axis}${end}`}>
              <span>From {sideOf(geometry, image, axis, end)}</span>
              <input
                type="range"
                min={0}
                max={98}
                value={Math.round((end === 'low' ? crop.low[axis] : 1 - crop.high[axis]) * 100)}
                onChange={({ target }) => {
                  const cut = Number(target.value) / 100
                  moveSide(axis, end, end === 'low' ? cut : 1 - cut)
                }}
              />
            </label>
          )),
        )}
      </fieldset>
    </>
  )
}

interface RingProps {
  axis: Axis
  end: End
  at: readonly [number, number]
  /** On the screen, of a tenth of the volume. */
  way: readonly [number, number]
}

function Ring({ axis, end, at, way }: RingProps) {
  return (
    <circle
      data-crop-handle=""
      className={css.ring}
      cx={at[0]}
      cy={at[1]}
      r={7}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        const length = way[0] ** 2 + way[1] ** 2
        // A side that is seen from straight ahead has no way to go on the screen; its slider has.
        if (!event.buttons || length < 4) return
        const by = (event.movementX * way[0] + event.movementY * way[1]) / length / 10
        moveSide(axis, end, useRendering.getState().crop[end][axis] + by)
      }}
    />
  )
}

function moveSide(axis: Axis, end: End, to: number): void {
  useRendering.setState(({ crop }) => {
    const [low, high] = end === 'low' ? [0, crop.high[axis] - LEAST] : [crop.low[axis] + LEAST, 1]
    const kept = Math.min(high, Math.max(low, to))
    return { crop: { ...crop, [end]: crop[end].with(axis, kept) as unknown as Vector3 } }
  })
}

/** The letter of the side that is cut away. */
function sideOf(geometry: VolumeGeometry, image: Parameters<typeof axisNames>[0], axis: Axis, end: End): string {
  const names = axisNames(image)
  const way = [geometry.rowDirection, geometry.columnDirection, geometry.normal][axis] ?? geometry.normal
  return names
    ? lettersOfDirection(times(way, end === 'low' ? -1 : 1), names)
    : `side ${axis * 2 + (end === 'low' ? 1 : 2)}`
}
