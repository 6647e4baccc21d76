import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { KeySeal } from '#electron/certificates/keySeal.ts'

const VERSION = 1
const SALT_BYTES = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32
const HEAD_BYTES = 1 + SALT_BYTES + NONCE_BYTES + TAG_BYTES
/** RFC 7914 2: 32 MB and about a tenth of a second a guess. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }

const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt)

/** AES-256-GCM under a key that scrypt makes of a passphrase: for a host without a password store of the system. */
export function passphraseSeal(passphrase: string): KeySeal {
  const keys = new Map<string, Promise<Buffer>>()
  const keyOf = (salt: Buffer) => {
    const name = salt.toString('base64')
    const known = keys.get(name) ?? derive(passphrase, salt, KEY_BYTES, COST)
    keys.set(name, known)
    return known
  }
  const ownSalt = randomBytes(SALT_BYTES)
  return {
    name: 'the passphrase of this workstation',
    async seal(text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', await keyOf(ownSalt), nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(VERSION), ownSalt, nonce, cipher.getAuthTag(), body])
    },
    /** Rejects where the passphrase is another one, or the bytes are not as they were written. */
    async open(sealed) {
      if (sealed.length < HEAD_BYTES || sealed[0] !== VERSION) throw new Error('This is nothing that was sealed here')
      const part = (from: number, length: number) => sealed.subarray(from, from + length)
      const salt = part(1, SALT_BYTES)
      const nonce = part(1 + SALT_BYTES, NONCE_BYTES)
      const options = { authTagLength: TAG_BYTES }
      const decipher = createDecipheriv('aes-256-gcm', await keyOf(Buffer.from(salt)), nonce, options)
      decipher.setAuthTag(part(1 + SALT_BYTES + NONCE_BYTES, TAG_BYTES))
      return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]).toString('utf8')
    },
  }
}
