import type { PageFile } from '#electron/headless/pageFiles.ts'
import { securityHeaders } from '#electron/headless/securityHeaders.ts'
import { practicePlace } from '#electron/practice/practicePlace.ts'
import type { Workstation } from '#electron/workstation.ts'
import { isOwnPage } from './scheme.ts'

export interface PageParts {
  pageFile(urlPath: string): Promise<PageFile | undefined>
  workstation: Pick<Workstation, 'dataPlane' | 'practiceHost'>
}

/**
 * Answers `app://workstation/...`: files of the built page by allow-list, `/data/...` by the very data plane of the headless
 * host. Every answer carries the security headers, errors too.
 */
export function answerPage(parts: PageParts): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!isOwnPage(request.url)) return sentence(403, 'This address is not of this workstation.')
    const url = new URL(request.url)
    const { isPractice, path } = practicePlace(url.pathname)
    try {
      if (path.startsWith('/data/')) {
        const { workstation } = parts
        if (!isPractice || !workstation.practiceHost) return withHeaders(await workstation.dataPlane(request))
        url.pathname = path
        return withHeaders(await workstation.practiceHost.dataPlane(new Request(url, request)))
      }
      if (request.method !== 'GET' && request.method !== 'HEAD') return sentence(405, 'Only GET here.')
      const file = await parts.pageFile(path)
      if (!file) return sentence(404, 'Nothing here.')
      const headers = {
        ...securityHeaders,
        'content-type': file.type,
        'cache-control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
      }
      return new Response(request.method === 'HEAD' ? null : (file.bytes as Uint8Array<ArrayBuffer>), { headers })
    } catch (error) {
      process.stderr.write(`page: ${error instanceof Error ? error.message : String(error)}\n`)
      return sentence(500, 'The workstation could not answer. The log has the details.')
    }
  }
}

function withHeaders(answer: Response): Response {
  const headers = new Headers(answer.headers)
  for (const [name, value] of Object.entries(securityHeaders)) headers.set(name, value)
  return new Response(answer.body, { status: answer.status, headers })
}

function sentence(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' } })
}
