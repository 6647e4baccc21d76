export const colourMaps = ['grey', 'hotIron', 'hotMetalBlue', 'rainbow', 'viridis'] as const
export type ColourMap = (typeof colourMaps)[number]

type Rgb = readonly [number, number, number]

const clamp = (value: number) => Math.round(Math.min(255, Math.max(0, value)))

/** Between neighbours of a list of colours that are evenly spaced over 0 to 255. */
function between(stops: readonly Rgb[]): (grey: number) => Rgb {
  return (grey) => {
    const place = (grey / 255) * (stops.length - 1)
    const at = Math.min(stops.length - 2, Math.floor(place))
    const [from, to] = [stops[at] ?? [0, 0, 0], stops[at + 1] ?? [0, 0, 0]]
    const part = (axis: 0 | 1 | 2) => clamp(from[axis] + (to[axis] - from[axis]) * (place - at))
    return [part(0), part(1), part(2)]
  }
}

const maps: Record<ColourMap, (grey: number) => Rgb> = {
  grey: (grey) => [grey, grey, grey],
  // PS3.6 B.1.1, Hot Iron: red over the first half, green over the second, blue over the last quarter.
  hotIron: (grey) => [clamp(grey * 2), clamp((grey - 128) * 2), clamp((grey - 192) * 4)],
  // After PS3.6 B.1.3, Hot Metal Blue: blue, violet, red, orange, white.
  hotMetalBlue: between([
    [0, 0, 0],
    [0, 0, 60],
    [0, 0, 128],
    [77, 0, 120],
    [155, 0, 60],
    [218, 45, 0],
    [255, 125, 15],
    [255, 197, 105],
    [255, 255, 255],
  ]),
  rainbow: between([
    [0, 0, 0],
    [0, 0, 255],
    [0, 255, 255],
    [0, 255, 0],
    [255, 255, 0],
    [255, 0, 0],
    [255, 255, 255],
  ]),
  viridis: between([
    [68, 1, 84],
    [71, 44, 122],
    [59, 81, 139],
    [44, 113, 142],
    [33, 144, 141],
    [39, 173, 129],
    [92, 200, 99],
    [170, 220, 50],
    [253, 231, 37],
  ]),
}

const made = new Map<ColourMap, Uint32Array>()

/** One opaque RGBA pixel (little endian) for each of 256 greys. */
export function colourTable(map: ColourMap): Uint32Array {
  const known = made.get(map)
  if (known) return known
  const table = Uint32Array.from({ length: 256 }, (_, grey) => {
    const [red, green, blue] = maps[map](grey)
    return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0
  })
  made.set(map, table)
  return table
}
