import { create } from 'zustand'

export const useShownHabits = create<{ shown: boolean }>(() => ({ shown: false }))

export function showHabits(shown: boolean): void {
  useShownHabits.setState({ shown })
}
