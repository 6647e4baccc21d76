import { create } from 'zustand'
import { readViewerPreferences } from '../../../api/workstation.ts'

interface Place {
  x: number
  y: number
  /** What has the focus again when it closes. */
  root: HTMLElement
}

/** Where the menu around the pointer is open, in CSS pixels of the window. */
export const useRadial = create<{ place: Place | undefined }>(() => ({ place: undefined }))

export function showRadial(root: HTMLElement, x: number, y: number): void {
  // Nothing to choose from yet.
  if (readViewerPreferences()) useRadial.setState({ place: { x, y, root } })
}

/** In the middle of a tile: for the keyboard. */
export function showRadialOver(root: HTMLElement): void {
  const { left, top, width, height } = root.getBoundingClientRect()
  showRadial(root, left + width / 2, top + height / 2)
}

export function closeRadial(): void {
  const { place } = useRadial.getState()
  if (!place) return
  useRadial.setState({ place: undefined })
  place.root.focus({ preventScroll: true })
}
