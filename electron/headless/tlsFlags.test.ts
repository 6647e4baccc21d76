import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCertificate, makeKey, privateKeyPem } from '#electron/certificates/makeCertificate.ts'
import { FlagError } from './flagError.ts'
import { readFlags } from './flags.ts'

let folder: string
const file = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-flags-'))
  const subject = { commonName: 'host', names: ['localhost'] }
  const [key, other] = [await makeKey(), await makeKey()]
  writeFileSync(file('own.crt'), makeCertificate(subject, key, 1))
  writeFileSync(file('own.key'), privateKeyPem(key))
  writeFileSync(file('other.key'), privateKeyPem(other))
  writeFileSync(file('noise'), 'noise')
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a port, a certificate with its key, authorities and a demand switch TLS on', () => {
  const certificate = ['--tls-port', '2762', '--tls-certificate', file('own.crt'), '--tls-key', file('own.key')]
  const { tls } = readFlags([...certificate, '--tls-ca', file('own.crt'), '--tls-client-certificates', 'require'])
  expect(tls.settings).toEqual({ tlsListener: true, tlsPort: 2762, tlsClientCertificates: 'require' })
  expect(tls.given.identity?.certificate).toContain('BEGIN CERTIFICATE')
  expect(tls.given.authorities).toHaveLength(1)
})

test('without flags nothing about TLS is set', () => {
  const { tls } = readFlags([])
  expect(tls).toEqual({
    settings: { tlsListener: undefined, tlsPort: undefined, tlsClientCertificates: undefined },
    given: { identity: undefined, authorities: undefined },
  })
})

test.each([
  [['--tls-port', 'x'], '--tls-port is a number from 0 to 65535, not "x".'],
  [['--tls-client-certificates', 'maybe'], '--tls-client-certificates is "none", "ask" or "require", not "maybe".'],
  [['--tls-key', 'own.key'], '--tls-key goes with --tls-certificate.'],
  [['--tls-certificate', 'missing'], 'cannot be read (ENOENT)'],
  [['--tls-certificate', 'own.crt'], 'private key is missing'],
  [['--tls-certificate', 'own.crt', '--tls-key', 'other.key'], 'does not belong to this certificate'],
  [['--tls-certificate', 'noise', '--tls-key', 'own.key'], 'neither a certificate nor a private key'],
  [['--tls-ca', 'noise'], '--tls-ca: There is no certificate in this file'],
])('%j is refused in one line', (args, sentence) => {
  const inFolder = args.map((word) => (/\.|noise|missing/.test(word) ? file(word) : word))
  expect(() => readFlags(inFolder)).toThrow(FlagError)
  expect(() => readFlags(inFolder)).toThrow(sentence)
})
