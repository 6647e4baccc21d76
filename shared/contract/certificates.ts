import { z } from 'zod'
import { command, query, stream } from './operation.ts'

/** What a certificate says, for a person to compare. Its text comes from outside: one line each, bounded. */
export const certificateInfo = z.object({
  /** SHA-256 of the whole certificate, as `AB:CD:...`. */
  fingerprint: z.string(),
  subject: z.string(),
  issuer: z.string(),
  /** Host names and addresses that it is made for. */
  names: z.array(z.string()),
  validFrom: z.number(),
  validTo: z.number(),
  selfSigned: z.boolean(),
  /** It may vouch for others (basic constraints). */
  authority: z.boolean(),
  /** `RSA 3072`, `EC prime256v1`. */
  key: z.string(),
})
export type CertificateInfo = z.infer<typeof certificateInfo>

export const clientCertificates = z.enum(['none', 'ask', 'require'])

export const certificatesView = z.object({
  own: z
    .object({
      certificate: certificateInfo,
      /** The authorities between it and its root that are sent along. */
      chain: z.array(certificateInfo),
      /** Where the private key is and how it is kept, in words. */
      keyKept: z.string(),
    })
    .nullable(),
  /** Why our certificate cannot be used although there is one; '' when all is well. */
  problem: z.string(),
  authorities: z.array(certificateInfo),
  /** Given on the command line: shown, and changed there. */
  fixed: z.array(z.enum(['own', 'authorities'])),
  /** What a new certificate would carry: our host name and addresses. */
  suggestedNames: z.array(z.string()),
})
export type CertificatesView = z.infer<typeof certificatesView>

/** Base64 of what a person picked: a certificate, a key or a PKCS#12 file is small. */
const file = z.string().max(1_400_000, 'The file is too large for a certificate: at most 1 MB.')
const fingerprint = z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/, 'A SHA-256 fingerprint is 32 pairs of digits.')
const subjectName = z.string().trim().min(1, 'Enter a name.').max(64, 'At most 64 characters.')
const hostNames = z
  .array(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9.:*_-]{1,253}$/, 'A host name or an address, without spaces.'),
  )
  .min(1, 'Enter at least one host name or address.')
  .max(50, 'At most 50 names.')

export const certificates = {
  watch: stream({ input: z.object({}), output: certificatesView, audit: 'none' }),
  /** Makes a key and a certificate that is signed by itself; it replaces the one before. */
  create: command({
    input: z.object({ commonName: subjectName, names: hostNames, years: z.number().int().min(1).max(10) }),
    output: certificatesView,
    audit: 'configure',
  }),
  /** PEM (certificate and key, in one file or two) or PKCS#12; the key may be encrypted. */
  importOwn: command({
    input: z.object({ files: z.array(file).min(1).max(2), password: z.string().max(1024) }),
    output: certificatesView,
    audit: 'configure',
  }),
  /** The certificate that an authority made for our request. */
  removeOwn: command({ input: z.object({}), output: certificatesView, audit: 'configure' }),
  /** Our certificate with its chain, as PEM: for those who shall trust it. */
  exportOwn: query({ input: z.object({}), output: z.object({ pem: z.string() }), audit: 'none' }),
  /** PKCS#10, for the clinic's authority. Its key is ours; the answer comes back by `importOwn`, certificate alone. */
  request: command({
    input: z.object({ commonName: subjectName, names: hostNames }),
    output: z.object({ pem: z.string() }),
    audit: 'configure',
  }),
  /** One or many: PEM, DER, or a PEM bundle. */
  addAuthorities: command({
    input: z.object({ file }),
    output: z.object({ added: z.number().int(), known: z.number().int() }),
    audit: 'configure',
  }),
  removeAuthority: command({ input: z.object({ fingerprint }), output: z.object({}), audit: 'configure' }),
  exportAuthority: query({
    input: z.object({ fingerprint }),
    output: z.object({ pem: z.string() }),
    audit: 'none',
  }),
  /** Looks at what a server shows, without trusting it and without sending anything. */
  look: command({
    input: z.object({
      host: z.string().max(253),
      port: z.number().int().min(1).max(65535),
      expectedName: z.string().max(253),
    }),
    output: z.object({ certificate: certificateInfo, pem: z.string() }),
    audit: 'network',
  }),
}
