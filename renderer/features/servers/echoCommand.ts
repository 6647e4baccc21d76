import { commandWord } from '#shared/network/commandWord.ts'
import type { Draft } from './fields.ts'

type Called = Pick<Draft, 'aeTitle' | 'host' | 'port' | 'tls' | 'verifyCertificate' | 'trust' | 'clientCertificate'>

/** The same test with DCMTK's tool. It takes its certificates from files and never compares the server's name. */
export function echoCommand(aeTitle: string, server: Called, hasOwnCertificate: boolean): string {
  const tls = server.tls ? [...ours(server, hasOwnCertificate), ...theirs(server)] : []
  const [us, them, host] = [aeTitle, server.aeTitle, server.host].map(commandWord)
  const words = ['echoscu', ...tls, '-aet', us, '-aec', them, host, server.port ?? '']
  return words.join(' ').trim()
}

/** Which files the command speaks of; '' when of none. */
export function echoFiles(server: Called, hasOwnCertificate: boolean): string {
  if (!server.tls) return ''
  const words = theirs(server).join(' ')
  const files = [
    ...(ours(server, hasOwnCertificate).length > 1 ? ['key.pem and certificate.pem are ours'] : []),
    ...(words.includes('authorities.pem') ? ['authorities.pem holds the authorities of Settings'] : []),
    ...(words.includes('pinned.pem') ? ['pinned.pem is the pinned certificate'] : []),
  ]
  return files.length === 0 ? '' : `${files.join('; ')}.`
}

/** `+tls`: with key and certificate; `+tla`: anonymous. */
function ours({ clientCertificate }: Called, hasOwnCertificate: boolean): string[] {
  return clientCertificate && hasOwnCertificate ? ['+tls', 'key.pem', 'certificate.pem'] : ['+tla']
}

/** `-ic`: without a look at the server's certificate; `+cf`, `+cd`: whom it trusts. */
function theirs({ verifyCertificate, trust }: Called): string[] {
  if (!verifyCertificate) return ['-ic']
  return { system: ['+cd', '/etc/ssl/certs'], authorities: ['+cf', 'authorities.pem'], pinned: ['+cf', 'pinned.pem'] }[
    trust
  ]
}
