import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 bits of chance need no slow hash: nobody guesses them. */
export function newToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOf(token) }
}

/** Takes as long for a wrong token as for the right one. */
export function isToken(given: string, hash: string): boolean {
  if (hash === '') return false
  const expected = Buffer.from(hash, 'hex')
  const found = Buffer.from(hashOf(given), 'hex')
  return expected.length === found.length && timingSafeEqual(expected, found)
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
