import { Fragment } from 'react'
import { expiryState, expiryWords } from '#shared/certificates/expiry.ts'
import type { CertificateInfo } from '#shared/contract/certificates.ts'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import css from './Certificates.module.css'

/** What a person compares before trusting a certificate. */
export function CertificateFacts({ certificate }: { certificate: CertificateInfo }) {
  const { subject, names, key, fingerprint } = certificate
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
      <dd>{madeBy(certificate)}</dd>
      <dt>Validity</dt>
      <dd>
        <Expiry certificate={certificate} />
      </dd>
      <dt>Key</dt>
      <dd>{key}</dd>
      <dt>SHA-256</dt>
      <dd className={`mono ${css.fingerprint}`}>
        <Fingerprint text={fingerprint} />
      </dd>
    </dl>
  )
}

function madeBy({ selfSigned, authority, issuer }: CertificateInfo): string {
  if (!selfSigned) return issuer
  return authority ? 'itself, as the topmost authorities are' : 'itself: others must add it to those that they trust'
}

/** Breaks between the pairs, and is copied without breaks. */
export function Fingerprint({ text }: { text: string }) {
  const pairs = text.split(':')
  return pairs.map((pair, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pairs of a fingerprint have no other name than their place
    <Fragment key={index}>
      {pair}
      {index < pairs.length - 1 && ':'}
      <wbr />
    </Fragment>
  ))
}

export function Expiry({ certificate }: { certificate: CertificateInfo }) {
  const state = expiryState(certificate)
  const words = expiryWords(certificate)
  const sentence = words.charAt(0).toUpperCase() + words.slice(1)
  if (state === 'good') return sentence
  return <StatusWord status={state === 'soon' ? 'attention' : 'failed'}>{sentence}</StatusWord>
}
