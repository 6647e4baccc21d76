import type { WebRoute } from '#electron/dicomweb/webApi.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import type { CallerCertificates } from '#electron/servers/peer.ts'
import { retrievePeerOf } from '#electron/servers/webPeer.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'

interface Asked {
  server: ServerRow
  settings: Settings
  certificates: CallerCertificates
  signal: AbortSignal
}

/** Looks at something over the web interface of a server. Throws ApiError with the sentence. */
export async function remoteLook<Answer>(
  { server, settings, certificates, signal }: Asked,
  look: (route: WebRoute) => Promise<Answer>,
): Promise<Answer> {
  const peer = retrievePeerOf(server, settings, certificates)
  if (!peer.web)
    throw new ApiError(
      'invalid-input',
      `${server.name} is not asked over the web. Under Servers, Web interface, retrieving over it can be switched on.`,
    )
  try {
    return await look(peer.web)
  } catch (error) {
    const { sentence, status } = failureOf(error, await callContext(peer))
    throw new ApiError(signal.aborted ? 'cancelled' : 'unreachable', sentence, { status })
  }
}
