import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { EchoOutcome, ServerFields } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { callContext } from './callContext.ts'
import { failureOf } from './failureSentence.ts'
import { peerOf } from './peer.ts'

/** C-ECHO (PS3.4 annex A) with the answer in words. Never throws: a failed test is a result. */
export async function echo(
  node: Pick<Remote<NodeApi>, 'echo'>,
  server: ServerFields,
  settings: Settings,
  signal: AbortSignal,
): Promise<EchoOutcome> {
  const peer = peerOf(server, settings)
  const context = await callContext(peer)
  const startedAt = performance.now()
  const base = { at: Date.now(), ourAddress: context.ourAddress }
  try {
    const { elapsedMs, implementation } = await node.echo(peer, signal)
    return {
      ...base,
      ok: true,
      elapsedMs,
      sentence: `${server.name} answers, in ${Math.max(1, Math.round(elapsedMs))} ms.`,
      technical: implementation ? `C-ECHO 0000, ${implementation}` : 'C-ECHO 0000',
    }
  } catch (error) {
    const { sentence, technical } = failureOf(error, context)
    return { ...base, ok: false, elapsedMs: performance.now() - startedAt, sentence, technical }
  }
}
