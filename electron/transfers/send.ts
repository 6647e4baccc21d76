import type { StoredInstance } from '#electron/archive/archiveApi.ts'
import type { NodeApi, Peer, SendOutcome } from '#electron/dicom/nodeApi.ts'
import { DOUBTFUL_TRIES, verdictOfError, verdictOfStatus, waitOfError } from '#electron/jobs/verdict.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { TransferItem } from '#shared/contract/transfers.ts'
import { ended, type RunEnd } from './runEnd.ts'
import type { Transfer } from './transfer.ts'

export interface SendOptions {
  node: Pick<Remote<NodeApi>, 'send'>
  peer: Peer
  /** The instances still to go; the others of the transfer are there already. */
  instances: StoredInstance[]
}

/** PS3.7 C.5.9: it has one of this UID; whether it is this very one, nobody says. */
const DUPLICATE_SOP_INSTANCE = 0x0111
/** One that has no room refuses all of them: no need to carry every image there to hear it. */
const REFUSALS_IN_A_ROW = 5

/** C-STORE of a batch over one association. Records every instance's own outcome; never rejects. */
export async function send(transfer: Transfer, { node, peer, instances }: SendOptions): Promise<RunEnd> {
  const doneBefore = transfer.row().done
  const isLastTry = transfer.row().attempts >= DOUBTFUL_TRIES - 1
  let refusals = 0
  let error: unknown
  try {
    for await (const outcome of node.send(peer, instances.map(toSend), transfer.signal)) {
      // Why the connection broke comes last, once for all of them.
      if (outcome.hindrance === 'unsent') continue
      const item = itemOf(outcome, peer.name, isLastTry)
      transfer.item(item, outcome.outcome === 'failure' ? 0 : outcome.bytes)
      refusals = item.state === 'waiting' && outcome.status !== undefined ? refusals + 1 : 0
      if (refusals >= REFUSALS_IN_A_ROW) break
    }
  } catch (thrown) {
    error = thrown
  }
  if (transfer.signal.aborted) return { kind: 'stopped' }
  if (error !== undefined) return await broken(transfer, peer, error, transfer.row().done > doneBefore)
  const { done, failed, total } = transfer.row()
  const waiting = [...transfer.items.values()].filter(({ state }) => state === 'waiting')
  const took = tookText(transfer, peer.name)
  if (waiting.length > 0) {
    const why = reasonOf(waiting)
    const left =
      waiting.length === 1
        ? '1 image is tried again by itself'
        : `${waiting.length} images are tried again by themselves`
    return {
      kind: 'again',
      scope: 'job',
      message: [took, `${left}. ${why}`.trim()].filter(Boolean).join(' '),
    }
  }
  if (failed === 0) return ended('done')
  const why = reasonOf([...transfer.items.values()].filter(({ state }) => state === 'failed'))
  const refused = `${failed === 1 ? '1 image was' : `${failed} images were`} not taken. ${why}`.trim()
  return ended(done > 0 && total !== 0 ? 'partial' : 'failed', [took, refused].filter(Boolean).join(' '))
}

async function broken(transfer: Transfer, peer: Peer, error: unknown, hasAnswered: boolean): Promise<RunEnd> {
  const { sentence } = failureOf(error, { ...(await callContext(peer)), hasAnswered })
  const message = [tookText(transfer, peer.name), sentence].filter(Boolean).join(' ')
  if (verdictOfError(error) === 'passing')
    return { kind: 'again', scope: 'destination', message, waitMs: waitOfError(error) }
  for (const { key, state } of transfer.items.values())
    if (state === 'waiting') transfer.item({ key, state: 'failed', status: null, note: NOT_CONFIRMED })
  return ended(transfer.row().done > 0 ? 'partial' : 'failed', message)
}

/** Whether the peer has it is not known: only its answer would prove it. */
const NOT_CONFIRMED = 'Not confirmed: the connection failed first.'

function toSend({ instanceId, sopClassUID, sopInstanceUID, transferSyntaxUID, path, bytes }: StoredInstance) {
  return { instanceId, sopClassUID, sopInstanceUID, transferSyntaxUID, path, bytes }
}

function itemOf(outcome: SendOutcome, serverName: string, isLastTry: boolean): TransferItem {
  const { sopInstanceUID: key, status, note = '' } = outcome
  if (outcome.outcome !== 'failure')
    return { key, state: outcome.outcome === 'success' ? 'done' : 'warning', status: status ?? null, note }
  if (status === DUPLICATE_SOP_INSTANCE)
    return { key, state: 'duplicate', status, note: `${serverName} has one under this UID already, and keeps that.` }
  const words = note || `No answer from ${serverName}.`
  return { key, state: comesAgain(outcome, isLastTry) ? 'waiting' : 'failed', status: status ?? null, note: words }
}

function comesAgain({ status, hindrance }: SendOutcome, isLastTry: boolean): boolean {
  if (status === undefined) return hindrance === 'broken' && !isLastTry
  const verdict = verdictOfStatus(status)
  return verdict === 'passing' || (verdict === 'doubtful' && !isLastTry)
}

function tookText(transfer: Transfer, serverName: string): string {
  const { done, failed, total } = transfer.row()
  return done > 0 ? `${serverName} has taken ${done} of ${total ?? done + failed} images.` : ''
}

/** The reason of most of them, and that there are others. */
function reasonOf(items: Iterable<TransferItem>): string {
  const counts = new Map<string, number>()
  for (const { note } of items) if (note) counts.set(note, (counts.get(note) ?? 0) + 1)
  const [most, ...others] = [...counts].toSorted((a, b) => b[1] - a[1])
  return most ? `${most[0]}${others.length > 0 ? ' Not all for this reason: the list says why for each.' : ''}` : ''
}
