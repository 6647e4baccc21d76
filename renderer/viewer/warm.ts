import { blankImage } from '#shared/imaging/blankImage.ts'
import { wholeImage } from './camera.ts'
import { warmFrameStream } from './frameStream.ts'
import { removeView, showView } from './pictureViews.ts'

const SIDE = 512
/** The loops over the pixels are compiled by then. */
const TIMES = 3

/**
 * Starts the drawing engine and draws pictures of the usual size out of sight, where the first real one will be as large,
 * so that this does not wait for it.
 */
export function warm(): void {
  warmFrameStream()
  const element = document.createElement('div')
  element.style.cssText = 'position:fixed;left:-200vw;top:0;visibility:hidden'
  element.style.width = `${Math.max(64, innerWidth - AROUND_PX.width)}px`
  element.style.height = `${Math.max(64, innerHeight - AROUND_PX.height)}px`
  element.setAttribute('aria-hidden', 'true')
  document.body.append(element)
  const view = showView(element, () => {})
  for (let time = 0; time < TIMES; time += 1) {
    const samples = new Int16Array(SIDE * SIDE)
    view.show(
      { key: `neg:warm:${time}`, image: { ...blankImage, rows: SIDE, columns: SIDE }, frame: 0, samples },
      { center: 40, width: 400, shape: 'linear', curve: null, inverted: false, camera: wholeImage, graphics: false },
    )
    view.drawNow()
  }
  removeView(view)
  element.remove()
}

/** Bar, rail and panel of the viewer. */
const AROUND_PX = { width: 372, height: 40 }
