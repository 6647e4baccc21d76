import { execFileSync, spawnSync } from 'node:child_process'
import { createPublicKey, randomBytes, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openCertificates } from './openCertificates.ts'
import { makeTestAuthority, type TestAuthority } from './testing/testAuthority.ts'

const hasOpenssl = spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0
const nothingGiven = { identity: undefined, authorities: undefined }
const subject = { commonName: 'reading-room', names: ['reading-room.clinic', '10.0.4.31', 'fe80::a:1'] }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-certificates-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = () => openCertificates({ dataFolder: folder, seal: undefined, given: nothingGiven })
const inFolder = (name: string) => join(folder, name)
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })

test('a certificate made here carries our names, lasts as asked, and is kept for the next start', async () => {
  const certificates = await open()
  await certificates.create(subject, 2)
  const view = certificates.view()
  expect(view.own?.certificate).toMatchObject({
    subject: 'CN=reading-room',
    names: ['reading-room.clinic', '10.0.4.31', 'FE80:0:0:0:0:0:A:1'],
    selfSigned: true,
    authority: false,
    key: 'RSA 3072',
  })
  const days = ((view.own?.certificate.validTo ?? 0) - Date.now()) / 86_400_000
  expect(Math.round(days)).toBeGreaterThan(729)
  expect(Math.round(days)).toBeLessThan(732)
  expect((await open()).view().own).toEqual(view.own)
})

test.skipIf(process.platform === 'win32')('the key is readable by our user alone', async () => {
  const certificates = await open()
  await certificates.create(subject, 2)
  const file = join(folder, 'config', 'certificates', 'own.pem')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(certificates.view().own?.keyKept).toContain(`${file}, readable by the user of this program alone`)
})

test('a key locked by a password store is not in the file, and opens only there', async () => {
  const mask = 0x5a
  const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ mask))
  const seal = {
    name: 'the password store of this computer',
    seal: async (text: string) => flip(Buffer.from(text)),
    open: async (sealed: Buffer) => flip(sealed).toString(),
  }
  const certificates = await openCertificates({ dataFolder: folder, seal, given: nothingGiven })
  await certificates.create(subject, 2)
  const file = readFileSync(join(folder, 'config', 'certificates', 'own.pem'), 'utf8')
  expect(file).not.toContain('BEGIN PRIVATE KEY')
  expect(certificates.view().own?.keyKept).toContain('locked by the password store')
  const again = await openCertificates({ dataFolder: folder, seal, given: nothingGiven })
  expect(again.identity()).toEqual(certificates.identity())
  const elsewhere = (await open()).view()
  expect(elsewhere.own).toBeNull()
  expect(elsewhere.problem).toContain('another user or program')
})

test('what the command line gives is used, never written, and cannot be changed in the page', async () => {
  const made = await open()
  await made.create(subject, 2)
  const identity = made.identity()
  const other = mkdtempSync(join(tmpdir(), 'negatoscope-certificates-'))
  const certificates = await openCertificates({
    dataFolder: other,
    seal: undefined,
    given: { identity, authorities: [] },
  })
  expect(certificates.identity()).toEqual(identity)
  expect(certificates.view().fixed).toEqual(['own', 'authorities'])
  await expect(certificates.create(subject, 1)).rejects.toThrow('command line')
  const next = await openCertificates({ dataFolder: other, seal: undefined, given: nothingGiven })
  expect(next.identity()).toBeUndefined()
  rmSync(other, { recursive: true })
})

test('a damaged file is a sentence, not a crash', async () => {
  await (await open()).create(subject, 1)
  writeFileSync(join(folder, 'config', 'certificates', 'own.pem'), 'nonsense')
  writeFileSync(join(folder, 'config', 'certificates', 'authorities.pem'), 'nonsense')
  const certificates = await open()
  expect(certificates.view().problem).toContain('damaged')
  expect(certificates.notice).toContain('authorities.pem is not usable')
})

describe.skipIf(!hasOpenssl)('with openssl as the judge', () => {
  let authority: TestAuthority
  beforeAll(() => {
    authority = makeTestAuthority(mkdtempSync(join(tmpdir(), 'negatoscope-authority-')))
    authority.issue('a', { names: 'DNS:a.clinic' })
    authority.issue('b', {})
    authority.issue('old', { from: -20, to: -2 })
    authority.issue('short', { bits: 1024 })
  })
  afterAll(() => rmSync(authority.folder, { recursive: true, force: true }))

  test('openssl reads our certificate and takes its signature, and our request', async () => {
    const certificates = await open()
    await certificates.create(subject, 2)
    writeFileSync(inFolder('own.crt'), certificates.exportOwn())
    writeFileSync(inFolder('own.csr'), await certificates.request(subject))
    expect(openssl('verify', '-CAfile', 'own.crt', '-purpose', 'sslserver', 'own.crt')).toContain('OK')
    const request = openssl('req', '-in', 'own.csr', '-noout', '-verify', '-text')
    expect(request).toContain('DNS:reading-room.clinic, IP Address:10.0.4.31, IP Address:FE80:0:0:0:0:0:A:1')
    const certificate = openssl('x509', '-in', 'own.crt', '-noout', '-text')
    expect(certificate).toContain('TLS Web Server Authentication, TLS Web Client Authentication')
    expect(certificate).toContain('CA:FALSE')
  })

  test('the answer of an authority to our request is imported without a key, with its chain', async () => {
    const certificates = await open()
    await certificates.create(subject, 2)
    const before = certificates.identity()?.key
    const answer = authority.sign(await certificates.request(subject))
    await certificates.importOwn([Buffer.from(answer)], '')
    expect(certificates.identity()?.key).toBe(before)
    expect(certificates.view().own?.certificate).toMatchObject({ issuer: 'CN=Test CA', selfSigned: false })
  })

  test.each([
    ['PEM in two files', (it: TestAuthority) => [it.pem('a').certificate, it.pem('a').key], ''],
    ['PEM in one file', (it: TestAuthority) => [Buffer.concat([it.pem('a').key, it.pem('a').certificate])], ''],
    [
      'an encrypted PKCS#8 key',
      (it: TestAuthority) => [it.pem('a').certificate, it.encryptedKey('a', 'sésame')],
      'sésame',
    ],
    [
      'an old encrypted key',
      (it: TestAuthority) => [it.pem('a').certificate, it.oldEncryptedKey('a', 'sesame')],
      'sesame',
    ],
    ['PKCS#12 as OpenSSL 3 writes it', (it: TestAuthority) => [it.pkcs12('a', 'sésame')], 'sésame'],
    ['PKCS#12 as Windows writes it', (it: TestAuthority) => [it.pkcs12('a', 'sésame', '-legacy')], 'sésame'],
    ['PKCS#12 with 3DES alone', (it: TestAuthority) => [it.pkcs12('a', 'x', '-legacy', '-descert')], 'x'],
    ['PKCS#12 without a password', (it: TestAuthority) => [it.pkcs12('a', '')], ''],
    [
      'PKCS#12 that is not encrypted',
      (it: TestAuthority) => [it.pkcs12('a', '', '-keypbe', 'NONE', '-certpbe', 'NONE')],
      '',
    ],
    ['DER in two files', (it: TestAuthority) => [it.derCertificate('a'), it.derKey('a')], ''],
  ])('imports %s', async (_, files, password) => {
    const certificates = await open()
    await certificates.importOwn(files(authority), password)
    const identity = certificates.identity()
    expect(certificates.view().own?.certificate).toMatchObject({ subject: 'CN=a', names: ['a.clinic'] })
    const { publicKey } = new X509Certificate(identity?.certificate ?? '')
    expect(publicKey.equals(createPublicKey(identity?.key ?? ''))).toBe(true)
    expect((await open()).identity()).toEqual(identity)
  })

  test.each([
    [
      'another key',
      (it: TestAuthority) => [it.pem('a').certificate, it.pem('b').key],
      '',
      'does not belong to this certificate',
    ],
    ['no key', (it: TestAuthority) => [it.pem('a').certificate], '', 'private key is missing'],
    ['no certificate', (it: TestAuthority) => [it.pem('a').key], '', 'no certificate in this file'],
    ['a wrong PKCS#12 password', (it: TestAuthority) => [it.pkcs12('a', 'right')], 'wrong', 'password does not open'],
    [
      'a wrong old PKCS#12 password',
      (it: TestAuthority) => [it.pkcs12('a', 'right', '-legacy')],
      'wrong',
      'password does not open',
    ],
    ['no PKCS#12 password', (it: TestAuthority) => [it.pkcs12('a', 'right')], '', 'protected by a password. Enter it.'],
    [
      'a wrong key password',
      (it: TestAuthority) => [it.pem('a').certificate, it.encryptedKey('a', 'right')],
      'wrong',
      'password does not open',
    ],
    [
      'no key password',
      (it: TestAuthority) => [it.pem('a').certificate, it.encryptedKey('a', 'right')],
      '',
      'protected by a password. Enter it.',
    ],
    ['a certificate that ended', (it: TestAuthority) => [it.pem('old').certificate, it.pem('old').key], '', 'ended on'],
    [
      'a short key',
      (it: TestAuthority) => [it.pem('short').certificate, it.pem('short').key],
      '',
      'too short (RSA 1024)',
    ],
    ['a cut PKCS#12', (it: TestAuthority) => [it.pkcs12('a', 'x').subarray(0, 900)], 'x', /neither|cannot be read/],
    ['noise', () => [randomBytes(500)], '', 'neither a certificate nor a private key'],
  ])('refuses %s with a sentence and keeps what was there', async (_, files, password, sentence) => {
    const certificates = await open()
    await expect(certificates.importOwn(files(authority), password)).rejects.toThrow(sentence)
    expect(certificates.identity()).toBeUndefined()
  })

  test('a thousand damaged PKCS#12 files are each refused, none is a crash or takes long', async () => {
    const whole = authority.pkcs12('a', 'x')
    const certificates = await open()
    for (let at = 0; at < 1000; at += 1) {
      const broken = Buffer.from(whole)
      const index = (at * 7919) % 120
      broken[index] = (broken[index] ?? 0) ^ (1 + (at % 255))
      const outcome = await certificates.importOwn([broken], 'x').catch((error: unknown) => error)
      if (outcome !== undefined) expect(outcome).toMatchObject({ name: 'ApiError', code: 'invalid-input' })
    }
  })

  test('authorities come as PEM, DER or a bundle, once each; a machine is none', async () => {
    const certificates = await open()
    const second = makeTestAuthority(join(folder, 'second'), 'Second CA')
    expect(certificates.addAuthorities(authority.der)).toEqual({ added: 1, known: 0 })
    const bundle = Buffer.concat([authority.certificate, second.certificate])
    expect(certificates.addAuthorities(bundle)).toEqual({ added: 1, known: 1 })
    expect(certificates.view().authorities.map((one) => one.subject)).toEqual(['CN=Test CA', 'CN=Second CA'])
    expect(() => certificates.addAuthorities(authority.pem('a').certificate)).toThrow('pin it under Servers')
    expect(() => certificates.addAuthorities(Buffer.from('hello'))).toThrow('no certificate in this file')
    const [first] = certificates.view().authorities
    certificates.removeAuthority(first?.fingerprint ?? '')
    expect((await open()).view().authorities.map((one) => one.subject)).toEqual(['CN=Second CA'])
  })
})
