import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface TestAuthority {
  readonly folder: string
  readonly certificate: Buffer
  readonly der: Buffer
  file(name: string): string
  /** Makes NAME.key and NAME.crt; days count from now, negative ones are past. */
  issue(
    name: string,
    options: { names?: string; from?: number; to?: number; bits?: number; selfSigned?: boolean },
  ): void
  sign(request: string): string
  pem(name: string): { certificate: Buffer; key: Buffer }
  encryptedKey(name: string, password: string): Buffer
  oldEncryptedKey(name: string, password: string): Buffer
  pkcs12(name: string, password: string, ...more: string[]): Buffer
  derCertificate(name: string): Buffer
  derKey(name: string): Buffer
}

/** An authority of openssl's in a folder: what it makes was not made by the code under test. */
export function makeTestAuthority(folder: string, name = 'Test CA'): TestAuthority {
  mkdirSync(folder, { recursive: true })
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const file = (path: string) => join(folder, path)
  writeFileSync(file('none.cnf'), '[req]\ndistinguished_name=dn\n[dn]\n')
  const newKey = (path: string, bits = 2048) =>
    run('genpkey', '-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`, '-out', path)
  newKey('ca.key')
  const caUse = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign']
  run(
    'req',
    '-x509',
    '-config',
    'none.cnf',
    '-key',
    'ca.key',
    '-out',
    'ca.crt',
    '-days',
    '30',
    '-subj',
    `/CN=${name}`,
    ...caUse,
  )

  const signRequest = (
    request: string,
    out: string,
    names: string | undefined,
    from: number,
    to: number,
    selfKey?: string,
  ) => {
    const lines = ['basicConstraints=CA:FALSE', 'extendedKeyUsage=serverAuth,clientAuth']
    if (names) lines.push(`subjectAltName=${names}`)
    writeFileSync(file('ca.cnf'), caConfiguration(lines))
    writeFileSync(file('index.txt'), '')
    const issuer = selfKey ? ['-selfsign', '-keyfile', selfKey] : ['-cert', 'ca.crt', '-keyfile', 'ca.key']
    const period = ['-startdate', openSslTime(from), '-enddate', openSslTime(to)]
    run(
      'ca',
      '-batch',
      '-notext',
      '-config',
      'ca.cnf',
      '-in',
      request,
      '-out',
      out,
      '-rand_serial',
      ...issuer,
      ...period,
    )
  }
  return {
    folder,
    certificate: readFileSync(file('ca.crt')),
    der: run('x509', '-in', 'ca.crt', '-outform', 'DER'),
    file,
    issue(leaf, { names = 'DNS:localhost,IP:127.0.0.1', from = -1, to = 20, bits = 2048, selfSigned = false }) {
      newKey(`${leaf}.key`, bits)
      run('req', '-new', '-config', 'none.cnf', '-key', `${leaf}.key`, '-out', `${leaf}.csr`, '-subj', `/CN=${leaf}`)
      signRequest(`${leaf}.csr`, `${leaf}.crt`, names, from, to, selfSigned ? `${leaf}.key` : undefined)
    },
    sign(request) {
      writeFileSync(file('request.csr'), request)
      signRequest('request.csr', 'request.crt', undefined, -1, 20)
      return readFileSync(file('request.crt'), 'utf8')
    },
    pem: (leaf) => ({ certificate: readFileSync(file(`${leaf}.crt`)), key: readFileSync(file(`${leaf}.key`)) }),
    encryptedKey: (leaf, password) => run('pkcs8', '-topk8', '-in', `${leaf}.key`, '-passout', `pass:${password}`),
    oldEncryptedKey: (leaf, password) =>
      run('rsa', '-traditional', '-aes256', '-in', `${leaf}.key`, '-passout', `pass:${password}`),
    pkcs12: (leaf, password, ...more) =>
      run(
        'pkcs12',
        '-export',
        '-inkey',
        `${leaf}.key`,
        '-in',
        `${leaf}.crt`,
        '-certfile',
        'ca.crt',
        '-passout',
        `pass:${password}`,
        ...more,
      ),
    derCertificate: (leaf) => run('x509', '-in', `${leaf}.crt`, '-outform', 'DER'),
    derKey: (leaf) => run('pkcs8', '-topk8', '-nocrypt', '-in', `${leaf}.key`, '-outform', 'DER'),
  }
}

function caConfiguration(extensions: string[]): string {
  return `[ca]
default_ca=it
[it]
database=index.txt
serial=serial.txt
new_certs_dir=.
default_md=sha256
policy=any
unique_subject=no
copy_extensions=copy
x509_extensions=leaf
[any]
commonName=supplied
[leaf]
${extensions.join('\n')}
`
}

function openSslTime(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000)
  return `${at.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`
}
