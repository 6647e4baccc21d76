import { createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto'
import { derTag } from './der.ts'
import { decryptRc2Cbc } from './rc2.ts'
import { child, children, DerError, type DerValue, numberOf, octetsOf, oidOf } from './readDer.ts'

/** A file may ask for any number of rounds; more than this is an attempt to hold us up. */
const ROUNDS_MAX = 1_000_000

const PBES2 = '1.2.840.113549.1.5.13'
const PBKDF2 = '1.2.840.113549.1.5.12'

const pseudoRandom: Record<string, string> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}
const ciphers: Record<string, { name: string; keyBytes: number }> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyBytes: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyBytes: 24 },
}
/** RFC 7292 C: what older programs and Windows write. */
const oldCiphers: Record<string, { name: 'des-ede3-cbc' | 'rc2'; keyBytes: number }> = {
  '1.2.840.113549.1.12.1.3': { name: 'des-ede3-cbc', keyBytes: 24 },
  '1.2.840.113549.1.12.1.5': { name: 'rc2', keyBytes: 16 },
  '1.2.840.113549.1.12.1.6': { name: 'rc2', keyBytes: 5 },
}

/** Decrypts what an AlgorithmIdentifier with a password describes. Throws on a wrong password (the padding is wrong). */
export function decryptWithPassword(algorithm: DerValue, password: string, bytes: Buffer): Buffer {
  const id = oidOf(children(algorithm)[0])
  if (id === PBES2) return decryptPbes2(child(algorithm, 1), password, bytes)
  const cipher = oldCiphers[id]
  if (!cipher) throw new DerError(`An encryption that is not known here (${id})`)
  const [salt, rounds] = children(child(algorithm, 1))
  const derive = (purpose: 1 | 2, length: number) =>
    deriveOld({ digest: 'sha1', purpose, password, salt: octetsOf(salt), rounds: roundsOf(rounds), length })
  const [key, iv] = [derive(1, cipher.keyBytes), derive(2, 8)]
  return cipher.name === 'rc2' ? decryptRc2Cbc(key, iv, bytes) : decipher(cipher.name, key, iv, bytes)
}

/** RFC 8018 6.2. */
function decryptPbes2(parameters: DerValue, password: string, bytes: Buffer): Buffer {
  const [derivation, encryption] = [child(parameters, 0), child(parameters, 1)]
  if (oidOf(children(derivation)[0]) !== PBKDF2) throw new DerError('A key derivation that is not known here')
  const [salt, rounds, ...more] = children(child(derivation, 1))
  const prf = more.find(({ tag }) => tag === derTag.sequence)
  const digest = prf ? pseudoRandom[oidOf(children(prf)[0])] : 'sha1'
  const [cipherId, iv] = children(encryption)
  const cipher = ciphers[oidOf(cipherId)]
  if (!cipher || !digest) throw new DerError('An encryption that is not known here')
  const key = pbkdf2Sync(password, octetsOf(salt), roundsOf(rounds), cipher.keyBytes, digest)
  return decipher(cipher.name, key, octetsOf(iv), bytes)
}

function decipher(name: string, key: Buffer, iv: Buffer, bytes: Buffer): Buffer {
  const decryption = createDecipheriv(name, key, iv)
  return Buffer.concat([decryption.update(bytes), decryption.final()])
}

export function roundsOf(value: DerValue | undefined): number {
  const rounds = numberOf(value)
  if (rounds < 1 || rounds > ROUNDS_MAX) throw new DerError('So many rounds that it would take minutes')
  return rounds
}

interface OldDerivation {
  digest: string
  /** 1 a key, 2 an initial value, 3 a MAC key. */
  purpose: 1 | 2 | 3
  password: string
  salt: Buffer
  rounds: number
  length: number
}

/** RFC 7292 B.2. */
export function deriveOld({ digest, purpose, password, salt, rounds, length }: OldDerivation): Buffer {
  const blockBytes = digest === 'sha384' || digest === 'sha512' ? 128 : 64
  const words = Buffer.from(`${password}\0`, 'utf16le').swap16()
  const input = Buffer.concat([repeated(salt, blockBytes), repeated(words, blockBytes)])
  const diversifier = Buffer.alloc(blockBytes, purpose)
  const found: Buffer[] = []
  for (let have = 0; have < length; ) {
    let hash = createHash(digest).update(diversifier).update(input).digest()
    for (let round = 1; round < rounds; round += 1) hash = createHash(digest).update(hash).digest()
    found.push(hash)
    have += hash.length
    const addend = Buffer.alloc(blockBytes)
    for (let i = 0; i < blockBytes; i += 1) addend[i] = hash[i % hash.length] ?? 0
    for (let block = 0; block < input.length; block += blockBytes)
      addOne(input.subarray(block, block + blockBytes), addend)
  }
  return Buffer.concat(found).subarray(0, length)
}

/** Filled up to whole blocks with copies of itself. */
function repeated(bytes: Buffer, blockBytes: number): Buffer {
  return Buffer.alloc(blockBytes * Math.ceil(bytes.length / blockBytes), bytes)
}

/** target = target + addend + 1, as big-endian numbers. */
function addOne(target: Buffer, addend: Buffer): void {
  let carry = 1
  for (let i = target.length - 1; i >= 0; i -= 1) {
    const sum = (target[i] ?? 0) + (addend[i] ?? 0) + carry
    target[i] = sum & 0xff
    carry = sum >> 8
  }
}
