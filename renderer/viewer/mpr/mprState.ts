import { create } from 'zustand'
import type { Slab } from './reformatter.ts'

interface MprState {
  /** `building` while slices arrive. */
  state: 'off' | 'building' | 'on'
  loaded: number
  total: number
  slab: Slab
  /** Reduced, corrected, and why: to be seen on every picture of the volume. */
  notices: readonly string[]
  /** Directions are named as in animals. */
  animal: boolean
}

export const noMpr: MprState = {
  state: 'off',
  loaded: 0,
  total: 0,
  slab: { thickness: 0, mode: 'mean' },
  notices: [],
  animal: false,
}

export const useMpr = create<MprState>(() => noMpr)
