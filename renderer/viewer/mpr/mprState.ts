import { create } from 'zustand'
import type { ReformatAxis } from '#shared/imaging/reformatPlanes.ts'
import type { Slab } from './resampleMessage.ts'

type Degrees = Readonly<Record<ReformatAxis, number>>

interface MprState {
  /** `building` while slices arrive. */
  state: 'off' | 'building' | 'on'
  loaded: number
  total: number
  slab: Slab
  /** How far each plane is turned away from straight. */
  turned: Degrees
  /** How far the lines of the other planes lean from the edges of each picture, at most 45 either way. */
  lean: Degrees
  /** Reduced, corrected, and why: to be seen on every picture of the volume. */
  notices: readonly string[]
  /** Directions are named as in animals. */
  animal: boolean
}

const straight: Degrees = { transverse: 0, dorsal: 0, sagittal: 0 }

export const noMpr: MprState = {
  state: 'off',
  loaded: 0,
  total: 0,
  slab: { thickness: 0, mode: 'mean' },
  turned: straight,
  lean: straight,
  notices: [],
  animal: false,
}

export const useMpr = create<MprState>(() => noMpr)
