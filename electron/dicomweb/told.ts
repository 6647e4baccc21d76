import type { IncomingMessage } from 'node:http'
import type { AssociationErrorDetails } from '#electron/dicom/nodeApi.ts'
import { Channel } from './channel.ts'
import type { WebAsked, WebServer } from './webApi.ts'

interface Request {
  method: string
  path: string
  headers: Record<string, string>
}

const asked = new Channel<WebAsked>()
const bytesOf = new WeakMap<IncomingMessage, number>()

/** Every request of this thread that belongs to a call, when it is over. One reader. */
export const toldRequests = (): AsyncIterable<WebAsked> => asked.read()

/** Of the body of an answer, as it is read. */
export function countBytes(response: IncomingMessage, bytes: number): void {
  bytesOf.set(response, (bytesOf.get(response) ?? 0) + bytes)
}

/** Asks, and tells what came of it when the answer has been read to its end, or left. */
export async function told(
  server: WebServer,
  request: Request,
  ask: () => Promise<IncomingMessage>,
): Promise<IncomingMessage> {
  const { callId } = server
  if (callId === undefined) return ask()
  const what = wordsOf(server, request)
  const begun = { callId, at: Date.now(), what }
  const bytesSent = Number(request.headers['content-length'] ?? 0)
  try {
    const response = await ask()
    const status = response.statusCode ?? 0
    response.once('close', () => {
      const sentence = response.complete || status >= 300 ? '' : 'The answer was not read to its end.'
      asked.push({ ...begun, status, bytesSent, bytesReceived: bytesOf.get(response) ?? 0, sentence })
    })
    return response
  } catch (error) {
    asked.push({ ...begun, status: 0, bytesSent: 0, bytesReceived: 0, sentence: plainSentence(error) })
    throw error
  }
}

/** Without the words of the server, which may name a patient. */
export function plainSentence(error: unknown): string {
  // One that came from another thread is of no class.
  const { details } = error as { details?: AssociationErrorDetails }
  if (details?.status !== undefined) return `It answered with HTTP ${details.status}.`
  return details?.sentence ?? 'It failed on this computer.'
}

const WORDS: Readonly<Record<string, string>> = {
  metadata: 'Metadata',
  rendered: 'Picture',
  thumbnail: 'Thumbnail',
  frames: 'Frames',
  bulkdata: 'Bulk data',
  bulk: 'Bulk data',
}
const ORTHANC = ['system', 'statistics', 'changes', 'patients', 'plugins']
const LEVELS = ['study', 'series', 'instance']

/** What was asked for, without any name, UID or date of it. */
function wordsOf({ dicomwebPath }: WebServer, { method, path }: Request): string {
  const [pathname = ''] = path.split('?')
  if (!pathname.startsWith(`${dicomwebPath}/studies`)) {
    const known = pathname.split('/').find((part) => ORTHANC.includes(part))
    return known ? `Orthanc ${known}` : 'Orthanc'
  }
  if (method === 'POST') return 'Store'
  const parts = pathname.slice(dicomwebPath.length + 1).split('/')
  const last = parts.at(-1) ?? ''
  if (['studies', 'series', 'instances'].includes(last)) return `Search ${last}`
  const word = parts.map((part) => WORDS[part]).find((known) => known !== undefined)
  const level = LEVELS[Math.min(3, Math.ceil(parts.filter((part) => !(part in WORDS)).length / 2)) - 1] ?? 'study'
  return word ? `${word} of ${level}` : `Retrieve ${level}`
}
