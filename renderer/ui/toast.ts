import type { LucideIcon } from 'lucide-react'
import { create } from 'zustand'

export interface Toast {
  message: string
  icon?: LucideIcon | undefined
  tone?: 'neutral' | 'ok' | 'warn' | 'bad' | undefined
  /** `undo: true` binds Ctrl Z to it. */
  action?: { label: string; onAct: () => void; undo?: boolean | undefined } | undefined
}

interface ToastState {
  current: (Toast & { id: number }) | undefined
  show(toast: Toast): number
  dismiss(id: number): void
}

let lastId = 0

/** One at a time, bottom left, for 8 s; a new one replaces it. */
export const useToast = create<ToastState>((set) => ({
  current: undefined,
  show: (toast) => {
    lastId += 1
    set({ current: { ...toast, id: lastId } })
    return lastId
  },
  dismiss: (id) => set((state) => (state.current?.id === id ? { current: undefined } : state)),
}))

/** Returns its number, for whoever has more to say there later. */
export function showToast(toast: Toast): number {
  return useToast.getState().show(toast)
}

/** What only tells something goes: an image is looked at now. What can be undone stays. */
export function dismissNews(): void {
  useToast.setState(({ current }) => (current && !current.action?.undo ? { current: undefined } : {}))
}
