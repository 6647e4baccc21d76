import { sopClassName } from '#shared/dicom/sopClass.ts'
import { statusClass, statusWords } from '#shared/dicom/status.ts'
import { transferSyntaxName } from '#shared/dicom/transferSyntax.ts'
import { AssociationError, cancelled } from '../associationError.ts'
import type { InstanceToSend, Peer, SendOutcome } from '../nodeApi.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { Requestor } from './requestor.ts'
import { type Load, planSend } from './sendPlan.ts'
import { allocateStaging, store } from './store.ts'
import { type DataSetSource, dataSetOf, openDataSet } from './storedDataSet.ts'
import { Transcoder } from './transcoder.ts'

/** A cancelled batch finishes the object under way if that takes no longer. */
const CANCEL_GRACE_MS = 2000
const FRUITLESS_MAX = 3

/**
 * PS3.4 B as SCU. Each instance gets exactly one outcome. When the association cannot be opened, or ends before the batch
 * does, the instances without an answer are failures, and the AssociationError that says why comes last.
 */
export async function* send(peer: Peer, instances: InstanceToSend[], signal: AbortSignal): AsyncGenerator<SendOutcome> {
  const batch = new Batch(peer, signal)
  try {
    for (const load of planSend(instances)) {
      yield* batch.failure ? batch.unsent(load.instances) : batch.sendLoad(load)
    }
  } finally {
    await batch.close()
  }
  if (batch.failure) throw batch.failure
}

class Batch {
  failure: AssociationError | undefined
  private readonly peer: Peer
  private readonly signal: AbortSignal
  private readonly staging = allocateStaging()
  private readonly transcoder = new Transcoder()
  private requestor: Requestor | undefined
  private stopped = false

  constructor(peer: Peer, signal: AbortSignal) {
    this.peer = peer
    this.signal = signal
  }

  async close(): Promise<void> {
    await this.requestor?.release()
    this.transcoder.close()
  }

  /**
   * Some peers abort at an object that they cannot read (Orthanc 1.10.1 at deflated ones): that one is a failure, and the
   * rest goes over a new association. A few associations in a row without any answer end the batch.
   */
  async *sendLoad({ contexts, instances }: Load): AsyncGenerator<SendOutcome> {
    let rest = instances
    let fruitless = 0
    while (rest.length > 0) {
      let answers = 0
      try {
        const requestor = await this.open(contexts)
        while (rest.length > 0) {
          if (this.stopped) throw cancelled()
          const [instance] = rest
          if (instance) yield await this.sendOne(requestor, instance)
          rest = rest.slice(1)
          answers += 1
        }
        await requestor.release()
      } catch (error) {
        if (!(error instanceof AssociationError)) throw error
        fruitless = answers === 0 ? fruitless + 1 : 0
        if (error.code !== 'ABORTED' || fruitless >= FRUITLESS_MAX || this.stopped) {
          this.failure = error
          yield* this.unsent(rest)
          return
        }
        const [culprit] = rest
        if (culprit) yield outcomeOf(culprit, undefined, 'failure', `${this.peer.name} aborted the association at it.`)
        rest = rest.slice(1)
      }
    }
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
    for (const instance of instances) yield outcomeOf(instance, undefined, 'failure', note)
  }

  private async sendOne(requestor: Requestor, instance: InstanceToSend): Promise<SendOutcome> {
    const { sopClassUID, sopInstanceUID, transferSyntaxUID } = instance
    const own = requestor.contextFor(sopClassUID, (syntax) => syntax === transferSyntaxUID)
    const context = own ?? requestor.contextFor(sopClassUID)
    if (!context) return outcomeOf(instance, undefined, 'failure', refusedNote(instance, this.peer))
    let dataSet: DataSetSource
    let conversion = ''
    try {
      if (own) dataSet = openDataSet(instance.path, transferSyntaxUID)
      else {
        dataSet = dataSetOf(await this.transcoder.convert(instance.path, transferSyntaxUID, context.transferSyntax))
        conversion = `Converted from ${transferSyntaxName(transferSyntaxUID)} to ${transferSyntaxName(context.transferSyntax)}.`
      }
    } catch (error) {
      return outcomeOf(instance, undefined, 'failure', unreadableNote(error, own, instance, context, this.peer))
    }
    try {
      const { command } = await store(requestor, context, { sopClassUID, sopInstanceUID, dataSet }, this.staging)
      return answered(instance, command.status ?? -1, command.errorComment, conversion)
    } finally {
      dataSet.close()
    }
  }
}

function answered(
  instance: InstanceToSend,
  status: number,
  errorComment: string | undefined,
  conversion: string,
): SendOutcome {
  const kind = statusClass(status)
  if (kind === 'success') return outcomeOf(instance, status, 'success', conversion || undefined)
  const words = `The answer was ${statusWords(status)}${errorComment ? `: ${errorComment}` : ''}.`
  const note = [words, conversion].filter(Boolean).join(' ')
  return outcomeOf(instance, status, kind === 'warning' ? 'warning' : 'failure', note)
}

function outcomeOf(
  { instanceId, sopInstanceUID, bytes }: InstanceToSend,
  status: number | undefined,
  outcome: SendOutcome['outcome'],
  note: string | undefined,
): SendOutcome {
  return { instanceId, sopInstanceUID, status, outcome, note, bytes }
}

function refusedNote({ sopClassUID }: InstanceToSend, { name }: Peer): string {
  return `${name} does not take ${sopClassName(sopClassUID)}.`
}

function unreadableNote(
  error: unknown,
  own: AcceptedContext | undefined,
  { transferSyntaxUID }: InstanceToSend,
  context: AcceptedContext,
  { name }: Peer,
): string {
  if (own) return 'The stored file cannot be read.'
  const why = error instanceof Error ? error.message : String(error)
  const from = transferSyntaxName(transferSyntaxUID)
  return `${name} takes ${transferSyntaxName(context.transferSyntax)} only, and ${from} cannot be converted: ${why}`
}
