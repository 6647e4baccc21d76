import { PictureView } from './cornerstone.ts'

/** Setting one up takes longer than drawing a picture: one stands by, with a canvas as large as it was last. */
let spare: PictureView | undefined

export function showView(parent: HTMLElement, onDrawn: (key: string) => void): PictureView {
  const view = spare ?? new PictureView()
  spare = undefined
  view.putInto(parent, onDrawn)
  return view
}

export function removeView(view: PictureView): void {
  view.takeAway()
  if (spare) view.destroy()
  else spare = view
}
