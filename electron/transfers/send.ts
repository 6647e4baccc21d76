import type { StoredInstance } from '#electron/archive/archiveApi.ts'
import type { NodeApi, SendOutcome } from '#electron/dicom/nodeApi.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import { type CallerCertificates, peerOf } from '#electron/servers/peer.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { TransferItem } from '#shared/contract/transfers.ts'
import type { EndState, Transfer } from './transfer.ts'

export interface SendOptions {
  node: Pick<Remote<NodeApi>, 'send'>
  settings: Settings
  certificates: CallerCertificates
  server: ServerRow
  /** The instances still to go; the others of the transfer are there already. */
  instances: StoredInstance[]
}

/** C-STORE of a batch over one association. Records every instance's own outcome; never rejects. */
export async function send(transfer: Transfer, options: SendOptions): Promise<void> {
  const { node, settings, certificates, server, instances } = options
  if (transfer.signal.aborted) return transfer.end('cancelled', cancelledMessage(transfer))
  const peer = peerOf(server, settings, certificates)
  transfer.set({ state: 'running', peer: server.name })
  const unanswered = new Set(instances.map((instance) => instance.sopInstanceUID))
  const doneBefore = transfer.row().done
  let failure: string | undefined
  try {
    for await (const outcome of node.send(peer, instances.map(toSend), transfer.signal)) {
      // The thread words what broke the connection for a log; the sentence for a person follows when it is over.
      if (outcome.status === undefined && outcome.note?.startsWith('No answer')) continue
      unanswered.delete(outcome.sopInstanceUID)
      transfer.item(itemOf(outcome, server.name), outcome.outcome === 'failure' ? 0 : outcome.bytes)
    }
  } catch (error) {
    if (!transfer.signal.aborted) {
      const hasAnswered = transfer.row().done > doneBefore
      failure = failureOf(error, { ...(await callContext(peer)), hasAnswered }).sentence
    }
  }
  if (transfer.signal.aborted) return transfer.end('cancelled', cancelledMessage(transfer))
  for (const key of unanswered) {
    const known = transfer.items.get(key)
    if (known?.state === 'waiting')
      transfer.item({
        key,
        state: 'failed',
        status: null,
        note: failure === undefined ? `No answer from ${server.name}.` : NOT_CONFIRMED,
      })
  }
  const { state, message } = endOf(transfer, server.name, failure)
  transfer.end(state, message)
}

/** Whether the peer has it is not known: only its answer would prove it. */
const NOT_CONFIRMED = 'Not confirmed: the connection failed first.'

function toSend({ instanceId, sopClassUID, sopInstanceUID, transferSyntaxUID, path, bytes }: StoredInstance) {
  return { instanceId, sopClassUID, sopInstanceUID, transferSyntaxUID, path, bytes }
}

function itemOf({ sopInstanceUID, status, outcome, note = '' }: SendOutcome, serverName: string): TransferItem {
  const state = { success: 'done', warning: 'warning', failure: 'failed' }[outcome] as TransferItem['state']
  const words = note || (outcome === 'failure' && status === undefined ? `No answer from ${serverName}.` : '')
  return { key: sopInstanceUID, state, status: status ?? null, note: words }
}

function endOf(transfer: Transfer, serverName: string, failure: string | undefined) {
  const { done, failed, total } = transfer.row()
  const state: EndState = failed === 0 && failure === undefined ? 'done' : done > 0 ? 'partial' : 'failed'
  const took = done > 0 ? `${serverName} has ${done} of ${total ?? done + failed} images.` : ''
  if (failure !== undefined) return { state, message: [took, failure].filter(Boolean).join(' ') }
  if (failed === 0) return { state, message: '' }
  const why = mostFrequentNote(transfer.items.values())
  const refused = `${failed === 1 ? '1 image was' : `${failed} images were`} not taken${why ? `: ${why}` : '.'}`
  return { state, message: [took, refused].filter(Boolean).join(' ') }
}

function mostFrequentNote(items: Iterable<TransferItem>): string | undefined {
  const counts = new Map<string, number>()
  for (const { state, note } of items) if (state === 'failed' && note) counts.set(note, (counts.get(note) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0]
}

function cancelledMessage(transfer: Transfer): string {
  const { done, total } = transfer.row()
  return `Stopped by you after ${done} of ${total ?? '?'} images. Retry sends the rest.`
}
