import type { SecureContextOptions } from 'node:tls'

/**
 * BCP 195 (RFC 8996, RFC 9325), the profile of PS3.15 B.12: TLS 1.2 and 1.3, forward secrecy, AEAD. The suites of TLS 1.2
 * are the four that RFC 9325 4.2 recommends, the stronger first; those of TLS 1.3 are the ones of RFC 8446.
 */
export const TLS_PROFILE = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: [
    'TLS_AES_256_GCM_SHA384',
    'TLS_AES_128_GCM_SHA256',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
  ].join(':'),
  honorCipherOrder: true,
} as const satisfies SecureContextOptions
