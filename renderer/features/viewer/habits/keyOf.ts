import { readViewerPreferences, useViewerPreferences } from '../../../api/workstation.ts'

/** The key of a command: what a person gave it, else its usual one; undefined where it has none. */
export function keyOf(command: string, usual: string): string | undefined {
  return (readViewerPreferences()?.keys[command] ?? usual) || undefined
}

/** In a component: follows changes. */
export function useKeyOf(): typeof keyOf {
  useViewerPreferences()
  return keyOf
}
