/** Fetch standard, CORS: what pages of the origins in the list may ask and read. Nothing for others. */
export function crossOriginHeaders(origin: string | undefined, allowed: readonly string[]): Record<string, string> {
  if (origin === undefined) return allowed.length > 0 ? { vary: 'Origin' } : {}
  if (!allowed.includes(origin)) return { vary: 'Origin' }
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'Content-Length, Content-Type, Warning, Retry-After',
  }
}

/** The answer to the question that a browser asks before it asks. */
export function preflightHeaders(origin: string, allowed: readonly string[]): Record<string, string> {
  return {
    ...crossOriginHeaders(origin, allowed),
    'access-control-allow-methods': 'GET, HEAD, POST',
    'access-control-allow-headers': 'Accept, Authorization, Content-Type, Range',
    'access-control-max-age': '600',
  }
}
