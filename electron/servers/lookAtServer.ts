import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { CertificateInfo } from '#shared/contract/certificates.ts'
import { ApiError } from '#shared/contract/errors.ts'
import { callContext } from './callContext.ts'
import { failureOf } from './failureSentence.ts'
import { bareHost } from './peer.ts'

const TIMEOUT_MS = 10_000

/** What a server shows over TLS, for a person to compare before pinning it. Throws ApiError with a sentence. */
export async function lookAtServer(
  node: Pick<Remote<NodeApi>, 'lookAtCertificate'>,
  { host, port, expectedName }: { host: string; port: number; expectedName: string },
  signal: AbortSignal,
): Promise<{ certificate: CertificateInfo; pem: string }> {
  const peer = {
    ...{ name: 'The server', callingAETitle: '', calledAETitle: '', host: bareHost(host), port, maxPduLength: 0 },
    ...{ connectTimeoutMs: TIMEOUT_MS, dimseTimeoutMs: TIMEOUT_MS },
    tls: { trust: { kind: 'nobody' as const }, expectedName: bareHost(expectedName), identity: undefined },
  }
  try {
    const { security, pem } = await node.lookAtCertificate(peer, signal)
    return { certificate: security.certificate, pem }
  } catch (error) {
    throw new ApiError('unreachable', failureOf(error, await callContext(peer)).sentence)
  }
}
