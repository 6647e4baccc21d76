import { AssociationError } from '#electron/dicom/associationError.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { matchOf } from './dicomJson.ts'
import { frameBitmap } from './frameBitmap.ts'
import { instancePath } from './instancePath.ts'
import { askMetadata } from './metadata.ts'
import { pictureSize } from './pictureSize.ts'
import { readBytes } from './readBytes.ts'
import { type SeriesKeys, seriesSample } from './seriesSample.ts'
import type { WebServer } from './webApi.ts'
import { webCall } from './webCall.ts'
import { badAnswer } from './webFailure.ts'

export interface RemotePicture {
  type: 'image/jpeg' | 'image/png' | 'image/bmp'
  bytes: Uint8Array
}

const PICTURE_BYTES_MAX = 1024 * 1024
const FRAME_BYTES_MAX = 32 * 1024 * 1024
const SIDE_MAX_PX = 8192
/** Orthanc refuses a list (400). */
const RENDERED = { accept: 'image/jpeg', 'accept-encoding': 'identity' }
/** Uncompressed (PS3.18 8.7.3.3.2). */
const FRAME = {
  accept: `multipart/related; type="application/octet-stream"; transfer-syntax=${EXPLICIT_VR_LITTLE_ENDIAN}`,
  'accept-encoding': 'identity',
}

/**
 * What a series looks like, from the image in its middle: as the server draws it (PS3.18 10.4.1.1.3), or, where it does
 * not draw, from its first frame. Undefined where nothing of it can be drawn.
 */
export async function picture(
  server: WebServer,
  keys: SeriesKeys,
  signal: AbortSignal,
): Promise<RemotePicture | undefined> {
  const sopInstanceUID = await seriesSample(server, keys, signal)
  if (sopInstanceUID === undefined) return undefined
  const path = instancePath(server, keys, sopInstanceUID)
  try {
    return await rendered(server, path, signal)
  } catch (error) {
    const status = error instanceof AssociationError ? error.details.status : undefined
    // Who is not let in, or who is told to wait, is not let in to frames either.
    if (status === undefined || [401, 403, 429, 503].includes(status)) throw error
    return await fromFrame(server, path, signal)
  }
}

async function rendered(server: WebServer, path: string, signal: AbortSignal): Promise<RemotePicture> {
  const viewport = '?viewport=192,192&quality=80'
  const get = (query: string) =>
    webCall(server, { method: 'GET', path: `${path}/rendered${query}`, headers: RENDERED }, signal)
  const response = await get(viewport).catch((error: unknown) => {
    if (!(error instanceof AssociationError) || error.details.status !== 400) throw error
    return get('')
  })
  const { type, bytes } = await readBytes(response, { server, bytesMax: PICTURE_BYTES_MAX, signal })
  const size = pictureSize(bytes)
  if ((type !== 'image/jpeg' && type !== 'image/png') || !size)
    throw badAnswer(`${server.name} answers with ${type || 'something nameless'} instead of a picture.`, type || 'none')
  if (size.columns > SIDE_MAX_PX || size.rows > SIDE_MAX_PX)
    throw badAnswer(`${server.name} answers with a picture that is too large to be shown.`, 'picture size')
  return { type, bytes }
}

async function fromFrame(server: WebServer, path: string, signal: AbortSignal): Promise<RemotePicture | undefined> {
  const described = matchOf(await askMetadata(server, path, signal))
  if (described.Rows === undefined) return undefined
  const response = await webCall(server, { method: 'GET', path: `${path}/frames/1`, headers: FRAME }, signal)
  const frame = await readBytes(response, { server, bytesMax: FRAME_BYTES_MAX, signal })
  const isPlain = frame.transferSyntaxUID === '' || frame.transferSyntaxUID === EXPLICIT_VR_LITTLE_ENDIAN
  const bytes = isPlain && frame.type === 'application/octet-stream' ? frameBitmap(described, frame.bytes) : undefined
  return bytes && { type: 'image/bmp', bytes }
}
