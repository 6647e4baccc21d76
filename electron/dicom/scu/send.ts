import { AssociationError, cancelled } from '../associationError.ts'
import type { InstanceToSend, Peer, SendOutcome } from '../nodeApi.ts'
import { Transcoder } from '../transcode/transcoder.ts'
import { Breaks } from './breaks.ts'
import { ReadAhead } from './readAhead.ts'
import { Requestor } from './requestor.ts'
import { outcomeOf, refusedNote, type Sending, sendInstance } from './sendInstance.ts'
import { type Load, planSend } from './sendPlan.ts'
import { allocateStaging, type MoveOriginator, UNREADABLE } from './store.ts'

/** A cancelled batch finishes the object under way if that takes no longer. */
const CANCEL_GRACE_MS = 700

/**
 * PS3.4 B as SCU. Each instance gets exactly one outcome. When the batch cannot go on, the instances without an answer are
 * failures, and the AssociationError that says why comes last; it also comes when not one instance got an answer.
 * `originator`: a C-MOVE asked for it.
 */
export async function* send(
  peer: Peer,
  instances: InstanceToSend[],
  signal: AbortSignal,
  originator?: MoveOriginator,
): AsyncGenerator<SendOutcome> {
  const batch = new Batch(peer, signal, originator)
  try {
    for (const load of planSend(instances, peer.associationPerInstance)) {
      yield* batch.failure ? batch.unsent(load.instances) : batch.sendLoad(load)
    }
  } finally {
    await batch.close()
  }
  const { failure, answers, lastBreak } = batch
  if (failure) throw failure
  if (answers === 0 && lastBreak) throw lastBreak
}

class Batch {
  /** The batch ends here. */
  failure: AssociationError | undefined
  /** Instances with an outcome of their own, the peer's or (what cannot be read or is not taken) ours. */
  answers = 0
  lastBreak: AssociationError | undefined
  private readonly peer: Peer
  private readonly signal: AbortSignal
  private readonly staging = allocateStaging()
  private readonly ahead = new ReadAhead()
  private readonly transcoder = new Transcoder()
  private readonly breaks = new Breaks()
  private requestor: Requestor | undefined
  private stopped = false
  private readonly originator: MoveOriginator | undefined

  constructor(peer: Peer, signal: AbortSignal, originator: MoveOriginator | undefined) {
    this.peer = peer
    this.signal = signal
    this.originator = originator
  }

  async close(): Promise<void> {
    await this.requestor?.release()
    this.ahead.drop()
    this.transcoder.close()
  }

  /** Over as many associations as it takes (see Breaks). */
  async *sendLoad({ contexts, instances }: Load): AsyncGenerator<SendOutcome> {
    for (let next = 0; next < instances.length; ) {
      const requestor = await this.open(contexts).catch((error: unknown) => associationError(error))
      if (requestor instanceof AssociationError) {
        if (requestor.code === 'NO_CONTEXT') return yield* this.refused(requestor, instances.slice(next))
        if ((await this.breaks.afterRefusal(requestor, this.signal)) === 'again') continue
        this.failure = requestor
        return yield* this.unsent(instances.slice(next))
      }
      this.breaks.opened()
      const first = next
      const sending = this.sendingBy(requestor)
      try {
        for (; next < instances.length; next += 1) {
          if (this.stopped) throw cancelled()
          const instance = instances[next]
          if (instance) yield await sendInstance(sending, instance, instances[next + 1])
          this.answers += 1
          this.breaks.answered()
        }
        await requestor.release()
      } catch (thrown) {
        const error = associationError(thrown)
        this.lastBreak = error
        const verdict = this.stopped ? 'give-up' : this.breaks.afterEnd(error, next - first)
        if (verdict === 'give-up') {
          this.failure = error
          return yield* this.unsent(instances.slice(next))
        }
        const instance = instances[next]
        if (verdict === 'blame' && instance) {
          yield outcomeOf(instance, undefined, 'failure', blamedNote(error, this.peer), blamedHindrance(error))
          next += 1
        }
      }
    }
  }

  /** Other loads of the batch propose other classes: these may be taken. */
  private *refused(error: AssociationError, instances: readonly InstanceToSend[]): Generator<SendOutcome> {
    this.lastBreak = error
    for (const instance of instances)
      yield outcomeOf(instance, undefined, 'failure', refusedNote(instance, this.peer.name))
  }

  private async open(contexts: Load['contexts']): Promise<Requestor> {
    const requestor = await Requestor.open(this.peer, contexts, this.signal)
    this.requestor = requestor
    requestor.cancelRequest = () => {
      this.stopped = true
      requestor.abortAfter(CANCEL_GRACE_MS)
    }
    return requestor
  }

  *unsent(instances: readonly InstanceToSend[]): Generator<SendOutcome> {
    const note = `No answer: ${this.failure?.message ?? 'the association ended'}.`
    for (const instance of instances) yield outcomeOf(instance, undefined, 'failure', note, 'unsent')
  }

  private sendingBy(requestor: Requestor): Sending {
    const { peer, transcoder, staging, ahead, originator } = this
    const contextFor: Sending['contextFor'] = (abstractSyntax, fits) => requestor.contextFor(abstractSyntax, fits)
    return { channel: requestor, contextFor, peerName: peer.name, transcoder, staging, ahead, originator }
  }
}

/** Anything else is a fault of ours. */
function associationError(error: unknown): AssociationError {
  if (error instanceof AssociationError) return error
  throw error
}

function blamedHindrance({ details }: AssociationError): 'broken' | 'hindered' {
  return details.cause === UNREADABLE ? 'hindered' : 'broken'
}

function blamedNote({ code, message, details }: AssociationError, { name }: Peer): string {
  if (details.cause === UNREADABLE) return 'The stored file cannot be read.'
  if (code === 'TIMED_OUT') return `${name} did not answer in time.`
  if (details.by === 'us') return `${message}.`
  return code === 'ABORTED' ? `${name} aborted the association at it.` : `${name} closed the connection at it.`
}
