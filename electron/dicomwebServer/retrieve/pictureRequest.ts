import type { PictureRequest } from '#electron/pixels/picture.ts'
import { WebRefusal } from '../http/webRefusal.ts'

const SIDE_MAX = 8192

/** Query parameters of rendered resources (PS3.18 8.3.5). What is not known is passed over. Throws WebRefusal with 400. */
export function pictureRequest(query: URLSearchParams, format: PictureRequest['format']): PictureRequest {
  const request: PictureRequest = { format }
  const viewport = query.get('viewport')
  if (viewport !== null) Object.assign(request, viewportOf(viewport))
  const window = query.get('window')
  if (window !== null) request.window = windowOf(window)
  const quality = query.get('quality')
  if (quality !== null) {
    if (!/^(?:[1-9]\d?|100)$/.test(quality)) throw new WebRefusal(400, 'quality is a number from 1 to 100.')
    request.quality = Number(quality)
  }
  return request
}

/** `vw,vh`, and of the image the part `sx,sy,sw,sh`, where an empty value stands for the whole (PS3.18 8.3.5.1.3). */
function viewportOf(text: string): Partial<PictureRequest> {
  const wrong = () =>
    new WebRefusal(400, 'viewport is width,height, and sx,sy,sw,sh of the image where a part is meant.')
  const [width, height, ...source] = text.split(',', 7)
  const side = (value: string | undefined) => {
    if (value === undefined || !/^[1-9]\d{0,3}$/.test(value) || Number(value) > SIDE_MAX) throw wrong()
    return Number(value)
  }
  const limits = { width: side(width), height: side(height) }
  if (source.length === 0) return limits
  if (source.length !== 4 || !source.every((value) => /^(?:\d{1,6}(?:\.\d{1,3})?)?$/.test(value))) throw wrong()
  const [x = '', y = '', wide = '', high = ''] = source
  const part = {
    x: x === '' ? 0 : Number(x),
    y: y === '' ? 0 : Number(y),
    ...(wide === '' ? {} : { width: Number(wide) }),
    ...(high === '' ? {} : { height: Number(high) }),
  }
  return { ...limits, part }
}

function windowOf(text: string): NonNullable<PictureRequest['window']> {
  const [center = '', width = '', shape = 'linear'] = text.split(',', 4)
  const isNumber = (value: string) => /^-?\d{1,9}(?:\.\d{1,6})?$/.test(value)
  if (
    !isNumber(center) ||
    !isNumber(width) ||
    Number(width) <= 0 ||
    !['linear', 'linear-exact', 'sigmoid'].includes(shape)
  )
    throw new WebRefusal(400, 'window is center,width, and linear, linear-exact or sigmoid.')
  return { center: Number(center), width: Number(width), shape: shape as 'linear' | 'linear-exact' | 'sigmoid' }
}
