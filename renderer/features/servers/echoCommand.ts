import type { Draft } from './fields.ts'

/** The same test with DCMTK's tool: anonymous TLS (`+tla`), and without a look at the certificate where we take none (`-ic`). */
export function echoCommand(
  aeTitle: string,
  server: Pick<Draft, 'aeTitle' | 'host' | 'port' | 'tls' | 'verifyCertificate'>,
): string {
  const tls = server.tls ? ['+tla', ...(server.verifyCertificate ? [] : ['-ic'])] : []
  const words = ['echoscu', ...tls, '-aet', aeTitle, '-aec', server.aeTitle, server.host, server.port ?? '']
  return words.join(' ').trim()
}
