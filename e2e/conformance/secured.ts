import { join } from 'node:path'
import { expect } from '@playwright/test'
import { type Certificates, hostTls, makeCertificates } from '../peers/certificates.ts'
import { type Arranged, arranged } from './arranged.ts'

/** Of a server in the editor: both sides show a certificate of the clinic's authority. */
export const verified = { tls: true, verifyCertificate: true, trust: 'authorities', clientCertificate: true } as const

export interface Secured extends Arranged {
  certificates: Certificates
  tls: { aeTitle: string; port: number }
}

/** A workstation that is called over TLS, and the certificates of everybody around it. */
export async function secured(
  folder: string,
  options: { filled?: boolean; enable?: string },
  act: (secured: Secured) => Promise<string>,
): Promise<string> {
  const certificates = await makeCertificates(join(folder, 'certificates'))
  return await arranged(folder, { ...options, flags: hostTls(certificates) }, async (all) => {
    const { aeTitle, tlsPort } = all.workstation
    expect(tlsPort).not.toBeNull()
    return await act({ ...all, certificates, tls: { aeTitle, port: tlsPort ?? 0 } })
  })
}
