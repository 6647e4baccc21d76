import { Changes } from '#electron/settings/changes.ts'
import type { WebRequest } from './webApi.ts'

const KEPT = 500

/** The last requests, and how many there were since this program started. */
export class RequestLog {
  private readonly changes = new Changes()
  private readonly requests: (WebRequest & { id: number })[] = []
  private total = 0
  private refused = 0

  add(request: WebRequest): void {
    this.total += 1
    if (request.status >= 400) this.refused += 1
    this.requests.unshift({ ...request, id: this.total })
    if (this.requests.length > KEPT) this.requests.pop()
    this.changes.tell()
  }

  counts(): { total: number; refused: number } {
    return { total: this.total, refused: this.refused }
  }

  /** The latest first. */
  latest(limit: number): (WebRequest & { id: number })[] {
    return this.requests.slice(0, limit)
  }

  onChange(listener: () => void): () => void {
    return this.changes.onChange(listener)
  }
}
