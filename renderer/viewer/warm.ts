import { blankImage } from '#shared/imaging/blankImage.ts'
import { wholeImage } from './camera.ts'
import { PictureView } from './cornerstone.ts'
import { warmFrameStream } from './frameStream.ts'

/** Starts the drawing engine and draws one small picture out of sight, so that the first real one does not wait for it. */
export function warm(): void {
  warmFrameStream()
  const element = document.createElement('div')
  element.style.cssText = 'position:fixed;left:-64px;top:0;width:32px;height:32px;visibility:hidden'
  element.setAttribute('aria-hidden', 'true')
  document.body.append(element)
  const view = new PictureView(element, () => {
    view.destroy()
    element.remove()
  })
  view.show(
    { key: 'neg:warm:0', image: blankImage, frame: 0, samples: new Int16Array(64) },
    { center: 0, width: 2, shape: 'linear', curve: null, inverted: false, camera: wholeImage, graphics: false },
  )
}
