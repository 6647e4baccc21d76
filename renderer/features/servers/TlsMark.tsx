import { ShieldAlert, ShieldCheck, TriangleAlert } from 'lucide-react'
import { expiryState, expiryWords } from '#shared/certificates/expiry.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import css from './ServerList.module.css'

/** In the list: secured or not checked, and a certificate that ends. Off is nothing to see. */
export function TlsMark({ row }: { row: ServerRow }) {
  const { tls, verifyCertificate, lastTest } = row
  if (!tls) return null
  const certificate = lastTest?.security?.certificate
  if (certificate && expiryState(certificate) !== 'good')
    return <Mark icon={TriangleAlert} tone="warn" words={`TLS; its certificate ${expiryWords(certificate)}`} />
  return verifyCertificate ? (
    <Mark icon={ShieldCheck} tone="quiet" words="TLS, server verified" />
  ) : (
    <Mark icon={ShieldAlert} tone="warn" words="TLS, but nobody checks who answers" />
  )
}

function Mark({ icon: Icon, tone, words }: { icon: typeof ShieldCheck; tone: 'warn' | 'quiet'; words: string }) {
  return (
    <span title={words} className={css.tls} data-tone={tone}>
      <Icon size={12} role="img" aria-label={words} />
    </span>
  )
}
