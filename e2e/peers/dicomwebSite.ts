import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface WebImage {
  studyInstanceUID: string
  seriesInstanceUID: string
  sopInstanceUID: string
  patientName: string
  /** As a Part 10 file. */
  bytes: Uint8Array
}

/** What it answers to everything, as long as it is set. */
interface Mood {
  refusal: { status: number; headers: Record<string, string>; body: string } | undefined
}

/** A small PACS that speaks QIDO-RS and WADO-RS (PS3.18) behind user and password, and takes what is sent by STOW-RS. */
export async function startDicomwebSite(images: readonly WebImage[], user: string, password: string) {
  const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const received: string[] = []
  const mood: Mood = { refusal: undefined }
  const server = createServer((request, response) => {
    const { refusal } = mood
    if (refusal) {
      request.resume()
      response.writeHead(refusal.status, refusal.headers).end(refusal.body)
    } else if (request.headers.authorization !== wanted) {
      request.resume()
      response.writeHead(401, { 'www-authenticate': 'Basic realm="PACS"' }).end()
    } else void answer(images, received, request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { url: `http://127.0.0.1:${port}/dicom-web`, received, mood, [Symbol.asyncDispose]: close }
}

/** A grey PNG of one pixel. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='

async function answer(
  images: readonly WebImage[],
  received: string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://site')
  const [, , study, , series, , instance] = pathname.split('/').slice(1)
  const held = images.filter(
    (image) =>
      (study === undefined || image.studyInstanceUID === study) &&
      (series === undefined || image.seriesInstanceUID === series) &&
      (instance === undefined || image.sopInstanceUID === instance),
  )
  if (request.method === 'POST') {
    for await (const _ of request) {
      // What it holds does not matter here.
    }
    received.push(pathname)
    return void response.writeHead(200, { 'content-type': 'application/dicom+json' }).end('{}')
  }
  if (request.headers.accept?.includes('multipart/related')) return void sendImages(held, response)
  const [first] = held
  if (pathname.endsWith('/rendered'))
    return void response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from(DOT, 'base64'))
  if (pathname.endsWith('/metadata') && first)
    return void response
      .writeHead(200, { 'content-type': 'application/dicom+json' })
      .end(JSON.stringify([entryOf(first, images)]))
  const offset = Number(searchParams.get('offset') ?? 0)
  const entries = [...new Map(held.map((image) => [keyOf(image, pathname), entryOf(image, images)])).values()]
  const text = JSON.stringify(entries.slice(offset), undefined, '\t')
  response.writeHead(200, { 'content-type': 'application/dicom+json' }).end(text)
}

function sendImages(images: readonly WebImage[], response: ServerResponse): void {
  const type = 'multipart/related; type="application/dicom"; boundary=SITE'
  response.writeHead(images.length === 0 ? 404 : 200, { 'content-type': type })
  for (const { bytes } of images) {
    response.write('\r\n--SITE\r\nContent-Type: application/dicom\r\n\r\n')
    response.write(bytes)
  }
  response.end('\r\n--SITE--\r\n')
}

function keyOf({ studyInstanceUID, seriesInstanceUID, sopInstanceUID }: WebImage, pathname: string): string {
  if (pathname.endsWith('/instances')) return sopInstanceUID
  return pathname.endsWith('/series') ? seriesInstanceUID : studyInstanceUID
}

function entryOf(image: WebImage, all: readonly WebImage[]): Record<string, unknown> {
  const count = all.filter(({ studyInstanceUID }) => studyInstanceUID === image.studyInstanceUID).length
  return {
    '00080020': { vr: 'DA', Value: ['20240131'] },
    '00080060': { vr: 'CS', Value: ['CT'] },
    '00080061': { vr: 'CS', Value: ['CT'] },
    '00080018': { vr: 'UI', Value: [image.sopInstanceUID] },
    '00100010': { vr: 'PN', Value: [{ Alphabetic: image.patientName }] },
    '00100020': { vr: 'LO', Value: ['W-1'] },
    '0020000D': { vr: 'UI', Value: [image.studyInstanceUID] },
    '0020000E': { vr: 'UI', Value: [image.seriesInstanceUID] },
    '00201208': { vr: 'IS', Value: [count] },
    '00201209': { vr: 'IS', Value: [count] },
  }
}
