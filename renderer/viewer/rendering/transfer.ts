import { exactWindowGrey } from '#shared/imaging/windowLut.ts'

export const presetNames = ['bone', 'soft', 'vessels', 'lung', 'mip'] as const
export type PresetName = (typeof presetNames)[number]

/** At a value: how much a millimetre hides of what is behind it, and in which colour. Straight lines between. */
export interface TransferStop {
  value: number
  /** 0 to 1. */
  opacity: number
  colour: readonly [number, number, number]
}

const at = (value: number, opacity: number, red: number, green: number, blue: number): TransferStop => ({
  ...{ value, opacity },
  colour: [red, green, blue],
})

/** In Hounsfield units. */
const ofCt: Record<Exclude<PresetName, 'mip'>, readonly TransferStop[]> = {
  bone: [
    at(130, 0, 150, 90, 60),
    at(230, 0.12, 190, 140, 100),
    at(420, 0.5, 226, 204, 170),
    at(900, 0.9, 246, 240, 224),
    at(2500, 0.95, 255, 255, 250),
  ],
  soft: [
    at(-420, 0, 190, 130, 100),
    at(-260, 0.35, 214, 160, 130),
    at(-80, 0.5, 224, 176, 144),
    at(60, 0.6, 214, 140, 118),
    at(250, 0.7, 236, 214, 180),
    at(1200, 0.9, 250, 246, 236),
  ],
  vessels: [
    at(110, 0, 120, 20, 12),
    at(170, 0.1, 176, 34, 24),
    at(280, 0.45, 220, 70, 50),
    at(450, 0.55, 232, 170, 130),
    at(800, 0.7, 244, 232, 210),
    at(2500, 0.8, 255, 252, 244),
  ],
  lung: [
    at(-940, 0, 90, 120, 170),
    at(-900, 0.006, 120, 160, 210),
    at(-780, 0.014, 150, 190, 230),
    at(-650, 0.07, 230, 220, 220),
    at(-450, 0.22, 250, 190, 170),
    at(-250, 0.1, 250, 170, 150),
    at(-150, 0, 250, 170, 150),
  ],
}

/** Where values have no common meaning: a surface from the lower part of the window up. */
function surface({ center, width }: { center: number; width: number }): TransferStop[] {
  const from = center - width * 0.25
  return [
    at(from, 0, 170, 120, 96),
    at(from + width * 0.15, 0.25, 206, 164, 136),
    at(center + width * 0.25, 0.6, 232, 212, 190),
    at(center + width, 0.85, 250, 246, 240),
  ]
}

export function stopsOf(
  preset: PresetName,
  unit: string,
  window: { center: number; width: number },
): readonly TransferStop[] {
  if (preset === 'mip') return []
  return unit === 'HU' ? ofCt[preset] : surface(window)
}

const ENTRIES = 2048

/** What rays look up: opacity of one step and colour, by value. */
export interface TransferTable {
  from: number
  /** Entries for one unit of the values. */
  perUnit: number
  opacity: Float32Array
  /** Red, green, blue; for MIP the grey of the window. */
  colours: Uint8Array
}

export function transferTable(stops: readonly TransferStop[], stepMm: number): TransferTable {
  const from = stops[0]?.value ?? 0
  const to = stops.at(-1)?.value ?? 1
  const opacity = new Float32Array(ENTRIES)
  const colours = new Uint8Array(ENTRIES * 3)
  for (let entry = 0, next = 1; entry < ENTRIES; entry++) {
    const value = from + (entry / (ENTRIES - 1)) * (to - from)
    while (next < stops.length - 1 && value > (stops[next]?.value ?? to)) next++
    const [low, high] = [stops[next - 1], stops[next]]
    if (!low || !high) continue
    const share = (value - low.value) / (high.value - low.value)
    const perMm = low.opacity + (high.opacity - low.opacity) * share
    opacity[entry] = 1 - (1 - perMm) ** stepMm
    for (const part of [0, 1, 2] as const)
      colours[entry * 3 + part] = Math.round(low.colour[part] + (high.colour[part] - low.colour[part]) * share)
  }
  return { from, perUnit: (ENTRIES - 1) / (to - from), opacity, colours }
}

export function greyTable({ center, width }: { center: number; width: number }): TransferTable {
  const from = center - width / 2
  const colours = new Uint8Array(ENTRIES * 3)
  for (let entry = 0; entry < ENTRIES; entry++) {
    const grey = Math.round(exactWindowGrey(from + (entry / (ENTRIES - 1)) * width, center, width))
    colours.fill(grey, entry * 3, entry * 3 + 3)
  }
  return { from, perUnit: (ENTRIES - 1) / width, opacity: new Float32Array(ENTRIES), colours }
}
