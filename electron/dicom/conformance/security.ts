import { TLS_PROFILE } from '../tls/profile.ts'
import { table, text } from './table.ts'

/** PS3.2 A.7. */
export function security(): string {
  return text(
    '## 7 Security',
    'Associations are limited to known AE titles and addresses where the configuration says so (section 3.4). The page is served on the loopback interface only, behind a token.',
    '### 7.1 TLS, SCU and SCP',
    'The BCP 195 RFC 8996, 9325 TLS Secure Transport Connection Profile (PS3.15 B.12). Peers of the retired BCP 195 profiles (B.9 to B.11) meet it in the suites with ECDHE and AES-GCM. The listener for TLS has a port of its own and never answers in plain; a server that is set to TLS is never called in plain.',
    table(
      ['Property', 'Value'],
      [
        ['Versions', `${TLS_PROFILE.minVersion} to ${TLS_PROFILE.maxVersion}`],
        ['Cipher suites, in this order', TLS_PROFILE.ciphers.split(':').join(', ')],
        ['Own certificate and key', 'made here on request, or imported as PEM or PKCS#12'],
        [
          'Authorities',
          'the ones of the system, those imported here, or one pinned certificate, as each server is set',
        ],
        ['Port', '2762 (dicom-tls) unless set otherwise; the port without TLS can be switched off'],
        [
          'Server certificate (as SCU)',
          'chain, validity and name are verified; off is a setting of the server and stays visible',
        ],
        ['Client certificate (as SCP)', 'none, asked for, or required'],
        ['Revocation', 'not checked (neither CRL nor OCSP)'],
      ],
    ),
    'Association level security, secure use profiles and digital signatures beyond keeping them are not supported.',
  )
}
