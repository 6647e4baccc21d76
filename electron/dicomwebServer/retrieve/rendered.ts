import type { StoredInstance } from '#electron/archive/archiveApi.ts'
import type { CodecPool } from '#electron/pixels/codecPool.ts'
import type { PictureRequest } from '#electron/pixels/picture.ts'
import { acceptedTypes } from '../http/accept.ts'
import type { Answer, Asked } from '../http/answer.ts'
import type { Target } from '../http/route.ts'
import { notAcceptable, WebRefusal } from '../http/webRefusal.ts'
import { resourceUrl } from '../resourceUrl.ts'
import { multipartAnswer, type Part } from './multipartWriter.ts'
import { pictureRequest } from './pictureRequest.ts'
import { type RetrieveArchive, selectInstances, theInstance } from './selectInstances.ts'

interface Parts {
  archive: RetrieveArchive
  pictures: CodecPool
}

const THUMBNAIL_PIXELS = 256

/**
 * WADO-RS, rendered (PS3.18 10.4.1.1.3) and thumbnails (10.4.1.1.5): pictures for programs that know nothing of DICOM,
 * drawn as the viewer first shows an image, without overlays and shutters.
 */
export async function retrieveRendered(
  { archive, pictures }: Parts,
  asked: Asked,
  target: Target,
  frames: readonly number[],
  isThumbnail: boolean,
): Promise<Answer> {
  const { single, format } = formOf(asked.accept)
  const request = pictureRequest(asked.query, format)
  const isOne = target.instance !== undefined && frames.length <= 1
  if (isThumbnail || isOne) {
    const stored = await (isThumbnail
      ? representative(archive, target, asked.signal)
      : theInstance(archive, target, asked.signal))
    const limits = isThumbnail ? { width: THUMBNAIL_PIXELS, height: THUMBNAIL_PIXELS, ...request } : request
    const picture = await draw(pictures, stored, limits, frames[0], asked.signal)
    if (typeof picture === 'string') throw notAcceptable(picture)
    if (single) return { status: 200, headers: { 'content-type': request.format }, body: picture }
    return multipartAnswer(request.format, list([partOf(asked.base, stored, request, picture)]))
  }
  if (single && !asked.accept.includes('*/*') && asked.accept !== '')
    throw notAcceptable(`Several pictures are given as multipart/related; type="${format}".`)
  const selected = await selectInstances(archive, target, asked.signal)
  return multipartAnswer(request.format, all())

  /** What is no picture (a report, a video) is left out. */
  async function* all(): AsyncGenerator<Part> {
    for await (const stored of selected.instances()) {
      for (const frame of frames.length > 0 ? frames : [undefined]) {
        const picture = await draw(pictures, stored, request, frame, asked.signal)
        if (typeof picture !== 'string') yield partOf(asked.base, stored, request, picture)
      }
    }
  }
}

async function* list(parts: Part[]): AsyncGenerator<Part> {
  yield* parts
}

function partOf(base: string, stored: StoredInstance, { format }: PictureRequest, body: Uint8Array): Part {
  const { studyInstanceUID, seriesInstanceUID, sopInstanceUID } = stored
  const location = `${resourceUrl(base, [studyInstanceUID, seriesInstanceUID, sopInstanceUID])}/rendered`
  return { contentType: format, location, body }
}

/** The one in the middle says most about a series. */
async function representative(archive: RetrieveArchive, target: Target, signal: AbortSignal): Promise<StoredInstance> {
  const { count, instances } = await selectInstances(archive, target, signal)
  let at = 0
  let last: StoredInstance | undefined
  for await (const instance of instances()) {
    last = instance
    if (at >= Math.floor(count / 2)) break
    at += 1
  }
  if (!last) throw new WebRefusal(404, 'The archive has nothing under these UIDs.')
  return last
}

/** The picture, or why there is none. `frame` from 1 on; the middle one where it is not said. */
async function draw(
  pictures: CodecPool,
  { path }: StoredInstance,
  picture: PictureRequest,
  frame: number | undefined,
  signal: AbortSignal,
): Promise<Uint8Array | string> {
  const result = await pictures.run(
    { kind: 'picture', path, frame: frame === undefined ? -1 : frame - 1, picture },
    signal,
  )
  if ('buffer' in result) return new Uint8Array(result.buffer)
  return ('failure' in result && result.failure) || 'This instance has no picture.'
}

function formOf(accept: string): { single: boolean; format: PictureRequest['format'] } {
  for (const { type, inner } of acceptedTypes(accept)) {
    const single = !type.startsWith('multipart/')
    const wanted = single ? type : inner || 'image/jpeg'
    if (wanted === 'image/png') return { single, format: 'image/png' }
    if (['image/jpeg', 'image/*', '*/*'].includes(wanted)) return { single, format: 'image/jpeg' }
  }
  throw notAcceptable('Pictures are given as image/jpeg or image/png.')
}
