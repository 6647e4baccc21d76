import { cellsOf, placementOf } from './orientation.ts'
import type { DrawnFrame } from './readBack.ts'
import type { Reference } from './reference.ts'
import type { CorpusRow } from './rounds.ts'

type Shown = Extract<DrawnFrame, { status: 'shown' }>

const JPEG_DCT = /^1\.2\.840\.10008\.1\.2\.4\.5[0135]$/
const JPEG_2000_LOSSY = '1.2.840.10008.1.2.4.91'

/** Decoders of one bit stream may differ by rounding in lossy syntaxes, and nowhere else. In stored values. */
function roundingOf(transferSyntaxUID: string): number {
  if (JPEG_DCT.test(transferSyntaxUID)) return 2
  return transferSyntaxUID === JPEG_2000_LOSSY ? 1 : 0
}

/** Sixty-four pixels spread over the image, and its corners. Always the same. */
export function fixedPixels(width: number, height: number): [number, number][] {
  const inside = Array.from({ length: 64 }, (_, at): [number, number] => [
    Math.floor(((at % 8) + ((at * 5) % 7) / 7) * (width / 8)),
    Math.floor((Math.floor(at / 8) + ((at * 3) % 5) / 5) * (height / 8)),
  ])
  return [...inside, [0, 0], [width - 1, 0], [0, height - 1], [width - 1, height - 1]]
}

/** Every sentence is a way in which the drawn frame is not the file's; none means that it is right. */
export function problemsOf(row: CorpusRow, drawn: Shown, reference: Reference, frame: number): string[] {
  const expected = reference.frames[frame]
  if (!expected) return [`frame ${frame} is drawn, but the file has ${reference.frames.length}`]
  if (drawn.components !== reference.components)
    return [`${drawn.components} components are drawn, not ${reference.components}`]
  if (drawn.width !== row.columns || drawn.height !== row.rows)
    return [`${drawn.width} x ${drawn.height} pixels are drawn, not ${row.columns} x ${row.rows}`]
  const at = (x: number, y: number, component: number) =>
    Number(expected.values[(y * expected.width + x) * drawn.components + component])
  // A frame that is cut at the edge of a slide has pixels in a part of it alone.
  const isCut = expected.width < drawn.width || expected.height < drawn.height
  if (isCut)
    return voxelProblems(
      row,
      drawn,
      (x, y, c) => (x < expected.width && y < expected.height ? at(x, y, c) : undefined),
      expected.slope,
    )
  return [
    ...voxelProblems(row, drawn, at, expected.slope),
    ...meanProblems(drawn, expected.values),
    ...placement(drawn, at),
  ]
}

/** Undefined where the reference has no pixel. */
type At = (x: number, y: number, component: number) => number | undefined

function voxelProblems(row: CorpusRow, drawn: Shown, at: At, slope: number): string[] {
  const isColour = drawn.components === 3
  const isConverted = isColour && row.photometric.startsWith('YBR')
  const rounding = isColour
    ? isConverted || row.bits_allocated !== 8
      ? 2
      : 0
    : roundingOf(row.transfer_syntax_uid) * Math.abs(slope)
  const pixels = fixedPixels(drawn.width, drawn.height)
  const wrong = pixels.flatMap(([x, y], index) =>
    Array.from({ length: drawn.components }, (_, component) => {
      const value = drawn.voxels[index * drawn.components + component] ?? Number.NaN
      const wanted = at(x, y, component)
      if (wanted === undefined) return []
      return Math.abs(value - wanted) <= rounding + Math.abs(wanted) * 1e-6
        ? []
        : [`(${x},${y}) is ${value}, not ${wanted}`]
    }).flat(),
  )
  // Chroma is spread over neighbours in more than one way where it was halved: a few pixels at edges may differ there.
  const forgiven = isColour && JPEG_DCT.test(row.transfer_syntax_uid) ? Math.floor((pixels.length * 3) / 8) : 0
  return wrong.length > forgiven ? [`${wrong.length} voxels are wrong: ${wrong.slice(0, 3).join('; ')}`] : []
}

/** Two of 255, a channel. Grey images have their means in the manifest. */
function meanProblems(drawn: Shown, values: ArrayLike<number>): string[] {
  if (drawn.components === 1) return []
  return drawn.statistics.flatMap(({ mean }, component) => {
    let sum = 0
    for (let at = component; at < values.length; at += drawn.components) sum += Number(values[at])
    const wanted = (sum * drawn.components) / values.length
    return Math.abs(mean - wanted) <= 2 ? [] : [`the mean of channel ${component} is ${mean}, not ${wanted}`]
  })
}

const LEAST_CORRELATION = 0.9

/** The picture on the canvas lies as the file's rows and columns do, and is bright where it must be. */
function placement(drawn: Shown, at: (x: number, y: number, component: number) => number): string[] {
  const [first, last] = drawn.corners
  if (first[0] > last[0] || first[1] > last[1]) return ['the image is mapped to the canvas turned or mirrored']
  const low = drawn.windowCenter - drawn.windowWidth / 2
  const grey = (value: number) => {
    const level = Math.min(Math.max((value - low) / drawn.windowWidth, 0), 1) * 255
    return drawn.inverted ? 255 - level : level
  }
  const brightness = (x: number, y: number) =>
    drawn.components === 1 ? grey(at(x, y, 0)) : (at(x, y, 0) + at(x, y, 1) + at(x, y, 2)) / 3
  const cells = cellsOf(drawn.width, drawn.height, brightness)
  if (drawn.cells.some(Number.isNaN)) return ['the image lies outside the canvas']
  const { best, upright } = placementOf(drawn.cells, cells)
  if (upright < LEAST_CORRELATION)
    return [`the canvas does not show the image (r = ${upright.toFixed(3)}; best ${best})`]
  return best === 'upright' ? [] : [`the canvas shows the image ${best}`]
}

/** Smallest, largest and mean value of all frames against the manifest's figures. */
export function figureProblems(row: CorpusRow, frames: Shown[], slope: number): string[] {
  if (row.px_min === undefined || row.px_max === undefined || row.px_mean === undefined) return []
  const statistics = frames.map((frame) => frame.statistics[0]).filter((one) => one !== undefined)
  const rounding = roundingOf(row.transfer_syntax_uid) * Math.abs(slope)
  const found = {
    px_min: Math.min(...statistics.map((one) => one.min)),
    px_max: Math.max(...statistics.map((one) => one.max)),
    px_mean: statistics.reduce((sum, one) => sum + one.mean, 0) / statistics.length,
  }
  return (['px_min', 'px_max', 'px_mean'] as const).flatMap((name) => {
    const wanted = row[name] ?? 0
    return Math.abs(found[name] - wanted) <= rounding + Math.abs(wanted) * 1e-5 + 1e-6
      ? []
      : [`${name} is ${found[name]}, not ${wanted}`]
  })
}
