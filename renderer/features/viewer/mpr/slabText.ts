import type { SlabMode } from '#shared/imaging/resample.ts'
import type { Slab } from '../../../viewer/mpr/resampleMessage.ts'

export const slabModes: readonly { mode: SlabMode; label: string; short: string }[] = [
  { mode: 'mean', label: 'Average', short: 'Average' },
  { mode: 'max', label: 'Maximum (MIP)', short: 'MIP' },
  { mode: 'min', label: 'Minimum (MinIP)', short: 'MinIP' },
]

/** mm. */
export const thicknesses = [0, 3, 5, 10, 20, 40] as const

export function slabText({ thickness, mode }: Slab): string {
  if (thickness === 0) return 'Thin'
  return `${slabModes.find((each) => each.mode === mode)?.short ?? ''} ${thickness} mm`
}
