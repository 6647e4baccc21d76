import { z } from 'zod'

/** What dragging with a button does. `tool` is the one that is chosen in the bar. */
export const dragAction = z.enum(['tool', 'window', 'pan', 'zoom', 'scroll', 'crosshair', 'nothing'])
export type DragAction = z.infer<typeof dragAction>

export const wheelAction = z.enum(['scroll', 'scrollTen', 'zoom', 'nothing'])
export type WheelAction = z.infer<typeof wheelAction>

/** Buttons four and five of a mouse, beside the thumb. */
export const thumbAction = z.enum(['previousSeries', 'nextSeries', 'previousImage', 'nextImage', 'nothing'])
export type ThumbAction = z.infer<typeof thumbAction>

/** What a click opens that is no drag: a right click of the mouse or a pen, a finger that rests. */
export const restAction = z.enum(['menu', 'nothing'])
export type RestAction = z.infer<typeof restAction>

export const pointerHabits = z.object({
  left: dragAction,
  leftWithShift: dragAction,
  leftWithCtrl: dragAction,
  leftWithAlt: dragAction,
  middle: dragAction,
  right: dragAction,
  rightClick: restAction.default('menu'),
  longPress: restAction.default('menu'),
  wheel: wheelAction,
  wheelWithShift: wheelAction,
  wheelWithCtrl: wheelAction,
  back: thumbAction,
  forward: thumbAction,
})
export type PointerHabits = z.infer<typeof pointerHabits>

export const usualPointer: PointerHabits = {
  left: 'tool',
  leftWithShift: 'tool',
  leftWithCtrl: 'pan',
  leftWithAlt: 'tool',
  middle: 'pan',
  right: 'zoom',
  rightClick: 'menu',
  longPress: 'menu',
  wheel: 'scroll',
  wheelWithShift: 'scrollTen',
  wheelWithCtrl: 'zoom',
  back: 'previousSeries',
  forward: 'nextSeries',
}

/** Keys that a person gave to commands of the viewer, by the command's name; '' takes its key away. */
export const keyHabits = z.record(z.string().max(64), z.string().max(40))

/** Commands of the viewer around the pointer, clockwise from the top; '' leaves a place empty. */
export const RADIAL_PLACES = 8
export const radialMenu = z.array(z.string().max(64)).length(RADIAL_PLACES)
export const usualRadialMenu: readonly string[] = [
  ...['window', 'length', 'angle', 'keyImage', 'reset', 'invert', 'zoom', 'pan'],
]
