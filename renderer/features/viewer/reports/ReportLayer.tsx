import type { Finding } from '#shared/contract/reports.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import { type Affine, apply } from '../../../viewer/camera.ts'
import { useMeasurements } from '../../../viewer/measurements.ts'
import { findingKey, trackingUIDOf, useReports } from '../../../viewer/reports.ts'
import { shapeOn } from '../../../viewer/shapesOn.ts'
import type { Tile } from '../../../viewer/tile.ts'
import { labelScale, lineOf } from '../labels.ts'
import layer from '../MeasurementLayer.module.css'
import { useTileParts } from '../useTile.ts'
import { useWindowWidth } from '../useWindowWidth.ts'
import { findingLines } from './findingText.ts'
import css from './Reports.module.css'

const MOST_LINES = 4

/** What reports drew on this picture; nobody changes it here. What is still a measurement of ours is drawn by that. */
export function ReportLayer({ tile }: { tile: Tile }) {
  const { reports, hidden, chosen } = useReports()
  const items = useMeasurements((state) => state.items)
  const { imageToCanvas, stack, index } = useTileParts(tile, ({ imageToCanvas, stack, index }) => ({
    imageToCanvas,
    stack,
    index,
  }))
  const item = stack[index]
  if (!imageToCanvas || !item || reports.length === 0) return null
  const own = new Set(items.map(({ id }) => trackingUIDOf(id)))
  const drawn = reports
    .filter(({ instanceId }) => !hidden.has(instanceId))
    .flatMap((report) =>
      report.findings
        .filter(({ trackingUID }) => !own.has(trackingUID))
        .flatMap((finding) => {
          const lines = finding.shapes.flatMap((shape) => {
            const line = shapeOn(shape, item)
            return line ? [line] : []
          })
          return lines.length > 0 ? [{ key: findingKey(report, finding), finding, lines }] : []
        }),
    )
  if (drawn.length === 0) return null
  return (
    <svg className={`${layer.layer} ${css.layer}`} aria-hidden="true" data-reports="">
      {drawn.map(({ key, finding, lines }) => (
        <g key={key} data-chosen={key === chosen}>
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: shapes keep their places
            <Line key={at} line={line} imageToCanvas={imageToCanvas} />
          ))}
          <Words lines={wordsOf(finding)} at={lines} to={imageToCanvas} />
        </g>
      ))}
    </svg>
  )
}

/** A number that says what it is needs no name above it. */
function wordsOf(finding: Finding): string[] {
  const lines = findingLines(finding)
  const named = lines[0]?.startsWith(finding.name) ? lines : [finding.name, ...lines]
  return named.filter(Boolean).slice(0, MOST_LINES)
}

function Line({ line, imageToCanvas }: { line: readonly ImagePoint[]; imageToCanvas: Affine }) {
  const places = line.map((point) => apply(imageToCanvas, point))
  const [first] = places
  const path =
    places.length === 1 && first
      ? `M${first[0] - 7} ${first[1]}h14M${first[0]} ${first[1] - 7}v14`
      : `M${places.map(([x, y]) => `${x} ${y}`).join('L')}`
  return (
    <>
      <path className={layer.halo} d={path} />
      <path className={css.line} d={path} />
    </>
  )
}

function Words({ lines, at, to }: { lines: readonly string[]; at: readonly (readonly ImagePoint[])[]; to: Affine }) {
  const scale = labelScale(useWindowWidth())
  const places = at.flat().map((point) => apply(to, point))
  const [x, y] = places.reduce((a, b) => (b[0] > a[0] ? b : a), places[0] ?? [0, 0])
  return (
    <text className={css.words} x={x + 10} y={y + 4}>
      {lines.map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines keep their places
        <tspan key={row} x={x + 10} dy={row === 0 ? 0 : lineOf(scale)}>
          {line}
        </tspan>
      ))}
    </text>
  )
}
