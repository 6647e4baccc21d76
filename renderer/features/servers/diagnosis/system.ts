import { create } from 'zustand'
import type { SystemCommand } from '#shared/contract/diagnosis.ts'

export type System = Exclude<keyof SystemCommand, 'purpose'>

export const systems: readonly { value: System; label: string }[] = [
  { value: 'windows', label: 'Windows' },
  { value: 'macos', label: 'macOS' },
  { value: 'linux', label: 'Linux' },
]

/** Whose commands are shown; the one of this computer until a person chooses another. */
export const useSystem = create<{ system: System; choose(system: System): void }>((set) => ({
  system: systemOf(navigator.userAgent),
  choose: (system) => set({ system }),
}))

function systemOf(userAgent: string): System {
  if (/windows/i.test(userAgent)) return 'windows'
  return /mac os/i.test(userAgent) ? 'macos' : 'linux'
}
