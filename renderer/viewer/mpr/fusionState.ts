import { create } from 'zustand'
import type { ColourMap } from '#shared/imaging/colourMaps.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import type { MeasuredValue } from '#shared/imaging/measuredValue.ts'
import { valueUnit } from '#shared/imaging/valueUnit.ts'
import type { OverMapping } from '../overSurface.ts'

interface Fusion {
  state: 'off' | 'building' | 'on'
  /** One of the images that lie over the others: what their values mean. */
  image: InstanceImage | undefined
  /** Of the series. */
  name: string
  /** The last colour stands for this much, in `unit`. */
  upper: number
  /** `SUV bw` and the like where the uptake is known, else the unit of the values. */
  unit: string
  /** What a value is multiplied by to be in `unit`. */
  factor: number
  opacity: number
  colours: ColourMap
}

export const noFusion: Fusion = {
  state: 'off',
  image: undefined,
  name: '',
  upper: 1,
  unit: '',
  factor: 1,
  opacity: 0.5,
  colours: 'hotIron',
}

export const useFusion = create<Fusion>(() => noFusion)

/** In the values of the volume. */
export function overMapping(): OverMapping {
  const { upper, factor, opacity, colours } = useFusion.getState()
  return { upper: upper / factor, opacity, colours }
}

type Probe = Extract<MeasuredValue, { kind: 'probe' }>

/** What lies over a pixel. */
export function overValue(
  values: Float32Array,
  { columns, rows }: { columns: number; rows: number },
  { column, row }: Probe,
): Probe['over'] {
  const { image } = useFusion.getState()
  if (!image || column < 0 || row < 0 || column >= columns || row >= rows) return undefined
  const value = values[row * columns + column] ?? Number.NaN
  return {
    name: image.modality === 'PT' ? 'PET' : image.modality,
    value: Number.isFinite(value) ? value : null,
    unit: valueUnit(image),
    ...(image.suv && {
      suv: { bodyWeight: image.suv.bodyWeight, leanBody: image.suv.leanBody, bodySurface: image.suv.bodySurface },
    }),
  }
}
