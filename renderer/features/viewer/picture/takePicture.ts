import { Copy, Download } from 'lucide-react'
import { showFailure } from '../../../app/showFailure.ts'
import { showToast } from '../../../ui/toast.ts'
import { useSession } from '../../../viewer/session.ts'
import type { Tile } from '../../../viewer/tile.ts'
import { paintSeen } from './paintSeen.ts'

/** A tile as it is seen: with its lines, values and words, as long as those are shown. */
async function takePicture(tile: Tile): Promise<Blob> {
  const root = tile.state.status === 'shown' ? tile.view?.element.closest('section') : undefined
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!root || !context) throw new Error('There is no picture in this tile to copy or save.')
  const ratio = window.devicePixelRatio || 1
  canvas.width = Math.round(root.clientWidth * ratio)
  canvas.height = Math.round(root.clientHeight * ratio)
  context.fillStyle = '#000'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.scale(ratio, ratio)
  paintSeen(context, root)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('The picture is too large to be copied or saved.')
  return blob
}

/** With the words over it, and whose picture it is: whoever passes it on puts them away first. */
export async function copyPicture(tile: Tile): Promise<void> {
  try {
    const blob = await takePicture(tile)
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
    showToast({ icon: Copy, message: `Copied this picture${withText()}` })
  } catch (error) {
    if (error instanceof DOMException)
      showFailure(new Error('The system does not let this window copy. Save the picture instead.'))
    else showFailure(error)
  }
}

/** Shift O puts names and dates away, for whom they do not concern. */
const withText = () => (useSession.getState().textsShown ? ', with the text over it' : ', without the text')

export async function savePicture(tile: Tile): Promise<void> {
  try {
    const address = URL.createObjectURL(await takePicture(tile))
    const link = document.createElement('a')
    link.href = address
    link.download = `image-${tile.current?.instanceId ?? 0}.png`
    link.click()
    // The browser has taken hold of it by the next task.
    setTimeout(() => URL.revokeObjectURL(address))
    showToast({ icon: Download, message: `Saved this picture${withText()}` })
  } catch (error) {
    showFailure(error)
  }
}
