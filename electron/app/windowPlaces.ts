import { join } from 'node:path'
import { z } from 'zod'
import { openConfigFile } from '#electron/settings/configFile.ts'
import { isOwnPage } from './scheme.ts'

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1).max(100_000),
  height: z.number().int().min(1).max(100_000),
})
type Rectangle = z.infer<typeof rectangle>

const windowPlace = z.object({
  number: z.number().int().min(1).max(9),
  /** Of the page: that of practice is another one. */
  path: z.string().max(64),
  bounds: rectangle,
  maximised: z.boolean(),
  /** Whether it was there when the program ended. */
  open: z.boolean(),
})
type WindowPlace = z.infer<typeof windowPlace>

/** Which window stood where, in `config/windows.json`. */
export interface WindowPlaces {
  all(): readonly WindowPlace[]
  of(number: number): WindowPlace | undefined
  keep(place: WindowPlace): void
}

export function openWindowPlaces(dataFolder: string): WindowPlaces {
  const file = openConfigFile(join(dataFolder, 'config', 'windows.json'), z.array(windowPlace).max(20))
  let places = file.value ?? []
  return {
    all: () => places,
    of: (number) => places.find((place) => place.number === number),
    keep: (place) => {
      places = [...places.filter(({ number }) => number !== place.number), place].sort((a, b) => a.number - b.number)
      file.write(places)
    },
  }
}

/** As much of its title bar must be seen that a hand can take it. */
const SEEN_PX = { width: 120, height: 30 }

/** Where a window goes: back to its monitor where that is still there, else wherever the system puts it. */
export function boundsOn(displays: readonly Rectangle[], bounds: Rectangle | undefined): Rectangle | undefined {
  if (!bounds) return undefined
  const isSeen = displays.some(({ x, y, width, height }) => {
    const across = Math.min(bounds.x + bounds.width, x + width) - Math.max(bounds.x, x)
    const isTopSeen = bounds.y >= y && bounds.y + SEEN_PX.height <= y + height
    return across >= SEEN_PX.width && isTopSeen
  })
  return isSeen ? bounds : undefined
}

/** `app://workstation/#window=3` is window 3; undefined for every other address. */
export function windowNumberOf(url: string): number | undefined {
  if (!isOwnPage(url)) return undefined
  const number = Number(/^#window=([2-9])$/.exec(new URL(url).hash)?.[1])
  return Number.isNaN(number) ? undefined : number
}
