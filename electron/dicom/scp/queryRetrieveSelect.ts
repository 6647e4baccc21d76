import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { SelectedInstances } from '#electron/archive/queryRetrieve/query.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { CANNOT_COUNT_MATCHES } from '#shared/dicom/status.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { DimseError } from '../dimse/dimseError.ts'
import type { InstanceToSend, SendOutcome } from '../nodeApi.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { askedInstances } from './queryRetrieveIdentifier.ts'
import { agreedBy } from './queryRetrieveModel.ts'
import type { ServedAssociation } from './service.ts'
import { SubOperations } from './subOperations.ts'

export type RetrieveArchive = Pick<Remote<ArchiveReaderApi>, 'select' | 'locate'>

export interface RetrieveRequest {
  archive: RetrieveArchive
  association: ServedAssociation
  context: AcceptedContext
  command: CommandSet
  signal: AbortSignal
}

/** One outcome for each of the instances. */
export type SendSome = (instances: InstanceToSend[]) => AsyncIterable<SendOutcome>

/** Located and sent at a time: a patient may have a hundred thousand images. */
const SOME = 2000

/**
 * What C-MOVE and C-GET have in common: finds the instances, sends them by `begin`'s means, and tells the counts after
 * each (PS3.4 C.4.2.3.1, C.4.3.3). `begin` throws DimseError where the request cannot be done at all. Cancelled, the
 * instance under way gets `graceMs`.
 */
export async function retrieve(
  request: RetrieveRequest,
  identifier: Buffer,
  begin: () => SendSome,
  graceMs = Number.POSITIVE_INFINITY,
): Promise<void> {
  const { archive, association, context, command, signal } = request
  const agreed = agreedBy(association.agreed(context.abstractSyntax), false)
  const query = askedInstances(identifier, context, agreed)
  const sendSome = begin()
  const { instanceIds } = await select(archive, query, signal)
  const counts = new SubOperations(instanceIds.length)
  for (let at = 0; at < instanceIds.length && !signal.aborted; at += SOME) {
    const ids = instanceIds.slice(at, at + SOME)
    const instances = await archive.locate({ instanceIds: ids })
    counts.lose(ids.length - instances.length)
    for await (const outcome of until(stopped(signal, graceMs), sendSome(instances))) {
      // What a cancel left unsent did not fail: it remains.
      if (signal.aborted && outcome.status === undefined) continue
      counts.record(outcome)
      if (signal.aborted) continue
      association.respond(context, command, counts.pending())
      await association.drained()
    }
  }
  association.respond(context, command, counts.final(signal.aborted), counts.failedList(context.transferSyntax))
}

async function select(
  archive: RetrieveArchive,
  query: ReturnType<typeof askedInstances>,
  signal: AbortSignal,
): Promise<SelectedInstances> {
  try {
    return await archive.select(query, signal)
  } catch {
    throw new DimseError(CANNOT_COUNT_MATCHES, 'The archive cannot be asked now')
  }
}

/** Resolves so long after the cancel. */
function stopped(signal: AbortSignal, graceMs: number): Promise<undefined> {
  if (graceMs === Number.POSITIVE_INFINITY) return new Promise(() => {})
  return new Promise((resolve) => {
    const late = () => setTimeout(() => resolve(undefined), graceMs)
    if (signal.aborted) late()
    else signal.addEventListener('abort', late, { once: true })
  })
}

/** What comes before `end`; whoever makes it tidies up without anybody waiting. */
async function* until<Item>(end: Promise<undefined>, items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]()
  while (true) {
    const step = await Promise.race([iterator.next(), end])
    if (step === undefined) return void iterator.return?.().catch(() => {})
    if (step.done) return
    yield step.value
  }
}
