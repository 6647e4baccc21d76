import {
  type DragAction,
  type PointerHabits,
  type RestAction,
  type ThumbAction,
  usualPointer,
  type WheelAction,
} from '#shared/imaging/pointerHabits.ts'
import type { Shortcut } from '../../../app/shortcuts.ts'

export const dragWords: Record<DragAction, string> = {
  tool: 'the tool of the bar',
  window: 'window',
  pan: 'pan',
  zoom: 'zoom',
  scroll: 'scroll',
  crosshair: 'crosshair',
  nothing: 'nothing',
}
export const wheelWords: Record<WheelAction, string> = {
  scroll: 'scroll',
  scrollTen: 'scroll by ten',
  zoom: 'zoom',
  nothing: 'nothing',
}
export const restWords: Record<RestAction, string> = { menu: 'tools around the pointer', nothing: 'nothing' }
export const thumbWords: Record<ThumbAction, string> = {
  previousSeries: 'previous series',
  nextSeries: 'next series',
  previousImage: 'previous image',
  nextImage: 'next image',
  nothing: 'nothing',
}
export const pointerNames: Record<keyof PointerHabits, string> = {
  left: 'Left button',
  leftWithShift: 'Shift and left',
  leftWithCtrl: 'Ctrl and left',
  leftWithAlt: 'Alt and left',
  middle: 'Middle button',
  right: 'Right button',
  rightClick: 'Right click',
  longPress: 'A finger that rests',
  wheel: 'Wheel',
  wheelWithShift: 'Shift and wheel',
  wheelWithCtrl: 'Ctrl and wheel',
  back: 'Thumb, back',
  forward: 'Thumb, forward',
}

const words: Record<string, string> = { ...dragWords, ...wheelWords, ...thumbWords, ...restWords }
/** What cannot be changed. */
const touch = [
  { keys: 'One finger, or the pen', label: 'The tool of the bar' },
  { keys: 'Two fingers', label: 'Zoom and pan' },
]

/** Lines of the help that no key press can mean. */
export function mouseHelp(habits: PointerHabits = usualPointer): Shortcut[] {
  const named = (Object.keys(pointerNames) as (keyof PointerHabits)[]).map((name) => ({
    keys: pointerNames[name],
    label: capital(words[habits[name]] ?? ''),
  }))
  return [...named, ...touch].map((line) => ({ ...line, run: () => {} }))
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
