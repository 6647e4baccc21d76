import { text } from './table.ts'

/** PS3.2 A.7. */
export function security(): string {
  return text(
    '## 7 Security',
    'Associations are limited to known AE titles and addresses where the configuration says so (section 3.4). The page is served on the loopback interface only, behind a token.',
    'As SCU, TLS 1.2 and 1.3 are used for servers that ask for it; the server certificate is verified unless that is switched off for the server, which stays visible. A server that is set to TLS is never called in plain.',
  )
}
