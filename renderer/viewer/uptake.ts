import { create } from 'zustand'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'

/** What an activity is normalised by to be an uptake. */
export const uptakeKinds = ['bodyWeight', 'leanBody', 'bodySurface'] as const
export type UptakeKind = (typeof uptakeKinds)[number]

export const uptakeNames: Record<UptakeKind, { unit: string; label: string }> = {
  bodyWeight: { unit: 'SUV bw', label: 'body weight' },
  leanBody: { unit: 'SUV lean', label: 'lean body mass' },
  bodySurface: { unit: 'SUV bsa', label: 'body surface' },
}

const KEY = 'negatoscope.uptake'

function remembered(): UptakeKind {
  const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem(KEY)
  return uptakeKinds.find((kind) => kind === kept) ?? 'bodyWeight'
}

/** By which uptakes are told; kept on this computer. */
export const useUptake = create<{ kind: UptakeKind }>(() => ({ kind: remembered() }))

export function rememberUptake(kind: UptakeKind): void {
  useUptake.setState({ kind })
  try {
    localStorage.setItem(KEY, kind)
  } catch {
    // Without room it is asked for again.
  }
}

export interface Uptake {
  kind: UptakeKind
  unit: string
  /** What a value is multiplied by. */
  factor: number
}

/** The uptake that is wanted where the file allows it, else the first that it allows; undefined where it allows none. */
export function uptakeOf({ suv }: Pick<InstanceImage, 'suv'>, wanted = useUptake.getState().kind): Uptake | undefined {
  if (!suv) return undefined
  const kind = [wanted, ...uptakeKinds].find((each) => (suv[each] ?? 0) > 0)
  return kind && { kind, unit: uptakeNames[kind].unit, factor: suv[kind] ?? 1 }
}
