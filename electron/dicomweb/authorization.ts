import type { WebRoute } from './webApi.ts'

/** RFC 7617 2 (in UTF-8, as 2.1 asks), RFC 6750 2.1. Nothing else of this program ever makes this header. */
export function authorizationOf(
  { authentication, user }: Pick<WebRoute, 'authentication' | 'user'>,
  secret: string,
): string {
  if (authentication === 'basic') return `Basic ${Buffer.from(`${user}:${secret}`, 'utf8').toString('base64')}`
  return authentication === 'bearer' ? `Bearer ${secret.trim().replace(/^Bearer\s+/i, '')}` : ''
}
