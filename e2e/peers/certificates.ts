import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../workstation/spawned.ts'

export interface Identity {
  certificate: string
  key: string
}

/** Files of a clinic's authority and of two systems that it vouches for, on this machine. */
export interface Certificates {
  authority: string
  workstation: Identity
  peer: Identity
}

const EXTENSIONS = `basicConstraints=CA:FALSE
keyUsage=digitalSignature,keyEncipherment
extendedKeyUsage=serverAuth,clientAuth
subjectAltName=DNS:localhost,IP:127.0.0.1
`

/** Made by openssl, as an administrator makes them. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  mkdirSync(folder, { recursive: true })
  const at = (name: string) => join(folder, name)
  const openssl = async (...args: string[]) => {
    const { code, stderr } = await run('openssl', args)
    if (code !== 0) throw new Error(`openssl ${args[0]}: ${stderr.slice(-300)}`)
  }
  // Longer than the month within which an end is warned of.
  const days = ['-days', '90', '-sha256']
  const authorityKey = at('ca.key')
  await openssl(
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', authorityKey, '-out', at('ca.crt'), ...days],
    ...['-subj', '/O=Clinic/CN=Clinic CA', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  )
  writeFileSync(at('extensions'), EXTENSIONS)
  const identity = async (name: string): Promise<Identity> => {
    const [key, request, certificate] = [at(`${name}.key`), at(`${name}.csr`), at(`${name}.crt`)]
    const subject = ['-subj', `/O=Clinic/CN=${name}`]
    await openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', request, ...subject)
    await openssl(
      ...['x509', '-req', '-in', request, '-CA', at('ca.crt'), '-CAkey', authorityKey, '-CAcreateserial'],
      ...[...days, '-extfile', at('extensions'), '-out', certificate],
    )
    return { certificate, key }
  }
  return { authority: at('ca.crt'), workstation: await identity('workstation'), peer: await identity('peer') }
}

/** DCMTK's options: its own certificate, and the authority that it trusts. */
export function dcmtkTls({ authority, peer }: Certificates): string[] {
  return ['+tls', peer.key, peer.certificate, '+cf', authority]
}

/** The headless host's flags: callers must show a certificate of the same authority. */
export function hostTls({ authority, workstation }: Certificates): string[] {
  return [
    ...['--tls-port', '0', '--tls-certificate', workstation.certificate, '--tls-key', workstation.key],
    ...['--tls-ca', authority, '--tls-client-certificates', 'require'],
  ]
}
