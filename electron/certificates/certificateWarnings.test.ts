import { expect, test } from 'vitest'
import type { CertificateInfo } from '#shared/contract/certificates.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import { certificateWarnings } from './certificateWarnings.ts'

/** Noon where the test runs: days are told as they are there. */
const now = new Date(2026, 10, 21, 12).getTime()
const DAY_MS = 86_400_000
const ending = (subject: string, days: number): CertificateInfo => ({
  ...{ fingerprint: '', subject, issuer: 'CN=x', names: [], selfSigned: false, authority: false, key: 'RSA 2048' },
  ...{ validFrom: now - 300 * DAY_MS, validTo: now + days * DAY_MS },
})
const server = (name: string, days: number, tls = true) =>
  ({ name, tls, lastTest: { security: { certificate: ending('CN=s', days) } } }) as ServerRow
const own = (days: number) => ({ certificate: ending('CN=us', days), chain: [], keyKept: '' })

test('ours, our authorities’ and our servers’ certificates are warned of, the ended ones first', () => {
  const view = { own: own(12), problem: '', authorities: [ending('CN=Clinic CA', -3), ending('CN=Good CA', 400)] }
  const servers = [server('Northview', 20), server('Plain', -5, false), server('Well', 90)]
  const found = certificateWarnings(view, servers, now)
  expect(found.map(({ sentence }) => sentence)).toEqual([
    'The authority CN=Clinic CA ended on 18 Nov 2026. Add its successor under Settings, Certificates.',
    'The certificate of this workstation ends on 3 Dec 2026, in 12 days. Renew it under Settings, Certificates.',
    'The certificate of Northview ends on 11 Dec 2026, in 20 days. Its administrator must renew it.',
  ])
  expect(found.map(({ ended }) => ended)).toEqual([true, false, false])
})

test('where all is well, and where there is no certificate, nothing is said', () => {
  expect(certificateWarnings({ own: null, problem: '', authorities: [] }, [], now)).toEqual([])
  expect(certificateWarnings({ own: own(31), problem: '', authorities: [] }, [server('A', 31)], now)).toEqual([])
})
