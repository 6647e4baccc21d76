import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ApiError } from '#shared/contract/errors.ts'
import { INSTANCE_HEADER } from '#shared/contract/viewer.ts'
import { downloadContent, downloadFile } from './downloads.ts'
import type { WorkstationParts } from './workstationParts.ts'

type Parts = Pick<WorkstationParts, 'archive' | 'pixels' | 'transfers'>

const MAX_FRAMES = 4096
const MAX_BODY_BYTES = 512 * 1024

const framesBody = z.object({
  frames: z
    .array(z.object({ instanceId: z.number().int().min(1), frame: z.number().int().min(0) }))
    .min(1)
    .max(MAX_FRAMES),
})
const id = z.string().regex(/^[1-9]\d{0,14}$/)
const transferId = z.uuid()
const frameNumber = z.string().regex(/^\d{1,6}$/)
const fileName = z.string().min(1).max(1024)

/** Pixels out, files in. Everything is named by ids of ours; no path ever comes from a request. */
export function dataPlane(parts: Parts): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url)
    const [, data, kind, argument, ...more] = pathname.split('/')
    if (data !== 'data' || more.length > 0) return words(404, 'Nothing here.')
    if (kind === 'frames' && argument === undefined) return frames(parts, request)
    if (kind === 'opening' && argument !== undefined) return opening(parts, request, argument)
    if (kind === 'thumbnail' && argument !== undefined) return thumbnail(parts, request, argument)
    if (kind === 'overlay' && argument !== undefined)
      return overlay(parts, request, argument, searchParams.get('frame') ?? '0')
    if ((kind === 'file' || kind === 'content') && argument !== undefined)
      return download(parts, request, kind, argument)
    if (kind === 'import' && argument !== undefined)
      return importFile(parts, request, argument, searchParams.get('name') ?? '')
    return words(404, 'Nothing here.')
  }
}

async function frames({ pixels }: Parts, request: Request): Promise<Response> {
  if (request.method !== 'POST') return words(405, 'Only POST here.')
  const body = framesBody.safeParse(await boundedJson(request))
  if (!body.success) return words(400, 'This is not a list of frames.')
  return new Response(pixels.frames(body.data, request.signal), {
    headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' },
  })
}

/**
 * The samples of the picture that a study is most likely opened with; which one it is stands in the header. Nothing stands
 * before them: half a megabyte, as a slice of a CT, is what Chromium hands to a page in one piece.
 */
async function opening({ archive, pixels }: Parts, request: Request, argument: string): Promise<Response> {
  if (request.method !== 'GET') return words(405, 'Only GET here.')
  const studyId = id.safeParse(argument)
  const stored = studyId.success ? await archive.reader.firstPictureOf(Number(studyId.data)) : undefined
  const samples = stored && (await pixels.firstFrame(stored, request.signal))
  if (!samples) return words(404, 'This study has no picture.')
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(samples)
      controller.close()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(samples.byteLength),
      'cache-control': 'no-store',
      [INSTANCE_HEADER]: String(stored.instanceId),
    },
  })
}

async function thumbnail({ pixels }: Parts, request: Request, argument: string): Promise<Response> {
  if (request.method !== 'GET') return words(405, 'Only GET here.')
  const instanceId = id.safeParse(argument)
  if (!instanceId.success) return words(404, 'Nothing here.')
  const png = await pixels.thumbnail(Number(instanceId.data))
  if (!png) return words(404, 'This image has no picture.')
  // Ids start anew in every data folder: a browser must ask each time, or it shows one patient's picture for another.
  const etag = `"${createHash('sha256').update(png).digest('base64url')}"`
  const headers = { 'content-type': 'image/png', 'cache-control': 'private, no-cache', etag }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return new Response(png as Uint8Array<ArrayBuffer>, { headers })
}

async function overlay({ pixels }: Parts, request: Request, argument: string, frame: string): Promise<Response> {
  if (request.method !== 'GET') return words(405, 'Only GET here.')
  const instanceId = id.safeParse(argument)
  const number = frameNumber.safeParse(frame)
  const mask =
    instanceId.success && number.success
      ? await pixels.overlay(Number(instanceId.data), Number(number.data))
      : undefined
  if (!mask) return words(404, 'This image has no overlay.')
  return new Response(mask, { headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' } })
}

async function download(parts: Parts, request: Request, kind: 'file' | 'content', argument: string): Promise<Response> {
  if (request.method !== 'GET') return words(405, 'Only GET here.')
  const instanceId = id.safeParse(argument)
  if (!instanceId.success) return words(404, 'Nothing here.')
  const answer = await (kind === 'file' ? downloadFile : downloadContent)(parts, Number(instanceId.data))
  if (typeof answer === 'string') return words(404, answer)
  return answer ?? words(404, 'This image is no longer on this workstation.')
}

async function importFile({ transfers }: Parts, request: Request, argument: string, name: string): Promise<Response> {
  if (request.method !== 'PUT') return words(405, 'Only PUT here.')
  const transfer = transferId.safeParse(argument)
  const file = fileName.safeParse(name)
  if (!transfer.success || !file.success) {
    await request.body?.cancel()
    return words(400, 'This is not an import.')
  }
  try {
    return Response.json(await transfers.importFile(transfer.data, file.data, request.body))
  } catch (error) {
    if (error instanceof ApiError) return words(error.code === 'not-found' ? 404 : 409, error.message)
    throw error
  }
}

async function boundedJson(request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

function words(status: number, sentence: string): Response {
  return new Response(sentence, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
