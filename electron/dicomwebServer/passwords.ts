import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** RFC 7914; 32 MB and some 80 ms each: what OWASP asks for, on a computer that has other work too. */
const COST = { N: 32_768, r: 8, p: 1 } as const
const SALT_BYTES = 16
const KEY_BYTES = 32
/** Costs that a file may name: beyond these somebody wants to stop us. */
const N_MAX = 1_048_576

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const key = await derive(password, salt, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$')
}

/** Takes as long whether it fits or not. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const match = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w+/=]{1,64})\$([\w+/=]{1,128})$/.exec(hash)
  if (match === null) return false
  const [N, r, p] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (N > N_MAX) return false
  const wanted = Buffer.from(match[5] ?? '', 'base64')
  const key = await derive(password, Buffer.from(match[4] ?? '', 'base64'), { N, r, p }, wanted.length)
  return timingSafeEqual(key, wanted)
}

type Cost = { N: number; r: number; p: number }

function derive(password: string, salt: Buffer, cost: Cost, bytes = KEY_BYTES): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same letters typed on different keyboards may be composed in different ways (RFC 8265).
    const text = password.normalize('NFC')
    scrypt(text, salt, bytes, { ...cost, maxmem: 256 * cost.N * cost.r }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
