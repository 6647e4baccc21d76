/** Two films on a light box, on a grid of 1024. */
export interface Shape {
  x: number
  y: number
  width: number
  height: number
  radius: number
  /** Top to bottom. */
  from: string
  to: string
  opacity: number
}

const shape = (
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  from: string,
  to = from,
  opacity = 1,
): Shape => ({
  x,
  y,
  width,
  height,
  radius,
  from,
  to,
  opacity,
})

const BONE = '#123a66'

/** A chest on the lit film: spine and five pairs of ribs. */
const ribs = Array.from({ length: 5 }, (_, index) => {
  const width = 84 - Math.abs(index - 2) * 12
  const y = 356 + index * 66
  return [
    shape(360 - 26 - width, y, width, 26, 13, BONE, BONE, 0.62),
    shape(360 + 26, y, width, 26, 13, BONE, BONE, 0.62),
  ]
}).flat()

export const ICON_SHAPES: readonly Shape[] = [
  shape(56, 88, 912, 848, 184, '#5b616b', '#2a2d33'),
  shape(76, 108, 872, 808, 166, '#1b1e22', '#0d0e10'),
  shape(208, 240, 304, 544, 44, '#cfe5fd', '#6ea6e6'),
  shape(342, 300, 36, 424, 18, BONE, BONE, 0.72),
  ...ribs,
  shape(556, 240, 260, 544, 44, '#3b5878', '#26374d'),
  shape(666, 308, 40, 408, 20, '#8fb8e6', '#5f86b3', 0.55),
  shape(626, 300, 120, 64, 32, '#8fb8e6', '#8fb8e6', 0.55),
  shape(632, 664, 108, 62, 31, '#6f98c8', '#5f86b3', 0.55),
]

export function iconSvg(): string {
  const gradients = ICON_SHAPES.map(
    ({ from, to }, index) =>
      `<linearGradient id="g${index}" x2="0" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`,
  )
  const rects = ICON_SHAPES.map(
    ({ x, y, width, height, radius, opacity }, index) =>
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="url(#g${index})"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`,
  )
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1024 1024">',
    '<title>Negatoscope</title>',
    '<defs>',
    ...gradients,
    '</defs>',
    ...rects,
    '</svg>',
    '',
  ].join('\n')
}
