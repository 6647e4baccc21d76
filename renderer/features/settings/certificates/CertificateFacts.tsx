import { expiryState, expiryWords } from '#shared/certificates/expiry.ts'
import type { CertificateInfo } from '#shared/contract/certificates.ts'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import css from './Certificates.module.css'

/** What a person compares before trusting a certificate. */
export function CertificateFacts({ certificate }: { certificate: CertificateInfo }) {
  const { subject, issuer, names, selfSigned, key, fingerprint } = certificate
  return (
    <dl className={css.facts}>
      <dt>Made for</dt>
      <dd>{subject}</dd>
      {names.length > 0 && (
        <>
          <dt>Names</dt>
          <dd className="mono">{names.join(', ')}</dd>
        </>
      )}
      <dt>Made by</dt>
      <dd>{selfSigned ? 'itself: others must add it to those that they trust' : issuer}</dd>
      <dt>Time</dt>
      <dd>
        <Expiry certificate={certificate} />
      </dd>
      <dt>Key</dt>
      <dd>{key}</dd>
      <dt>SHA-256</dt>
      <dd className={`mono ${css.fingerprint}`}>{fingerprint}</dd>
    </dl>
  )
}

export function Expiry({ certificate }: { certificate: CertificateInfo }) {
  const state = expiryState(certificate)
  const words = expiryWords(certificate)
  const sentence = words.charAt(0).toUpperCase() + words.slice(1)
  if (state === 'good') return sentence
  return <StatusWord status={state === 'soon' ? 'attention' : 'failed'}>{sentence}</StatusWord>
}
