/** What a request is answered with; a body that is generated is written as fast as the other side reads. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array | AsyncIterable<Uint8Array | string>
  /** Beside a status of success: what is not as it should be. */
  sentence?: string
}

/** A request as its handler sees it. */
export interface Asked {
  /** Scheme, host, port and base path as the caller knows them: what RetrieveURL and BulkDataURI begin with. */
  base: string
  accept: string
  contentType: string
  query: URLSearchParams
  address: string
  user: string
  body: AsyncIterable<Buffer>
  signal: AbortSignal
}

/** RFC 7234 5.5.7, as PS3.18 has it: code 299, who warns, what. */
export function warning(sentences: readonly string[]): Record<string, string> {
  if (sentences.length === 0) return {}
  return { warning: sentences.map((sentence) => `299 negatoscope "${sentence.replace(/["\\]/g, '')}"`).join(', ') }
}
