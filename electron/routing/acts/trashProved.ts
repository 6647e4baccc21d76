import type { ArchiveReaderApi, ArchiveWriterApi, KeptTransfer, StoredInstance } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { readPlan } from '#electron/transfers/plan.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import { fulfilsAll } from '#shared/routing/condition.ts'
import { attributesOf } from '../chooseInstances.ts'
import { type Acted, nothingDone, type Occasion } from './act.ts'
import { type LookParts, lookThere } from './lookThere.ts'

export interface TrashParts extends LookParts {
  reader: Pick<Remote<ArchiveReaderApi>, 'locate' | 'placesOf' | 'sendsOfStudies' | 'listTransferItems' | 'getStudies'>
  writer: Pick<Remote<ArchiveWriterApi>, 'trashUnchanged'>
}

/**
 * A study goes to the trash, never further, once each of the servers has proved to have each image that is here, and has
 * it still when it is asked once more.
 */
export async function trashProved(
  parts: TrashParts,
  { rule, studyId, instances }: Occasion,
  servers: readonly ServerRow[],
): Promise<Acted[] | 'not-yet'> {
  const { reader, writer } = parts
  if (!instances.some((instance) => fulfilsAll(attributesOf(instance), rule.conditions))) return []
  const [located, places, sends, [study]] = await Promise.all([
    reader.locate({ studyIds: [studyId] }),
    reader.placesOf({ studyIds: [studyId] }),
    reader.sendsOfStudies([studyId]),
    reader.getStudies([studyId]),
  ])
  if (located.length === 0 || !study) return []
  const cameAt = new Map(places.map(({ instanceId, receivedAt }) => [instanceId, receivedAt]))
  for (const server of servers) {
    const proved = sends.filter((send) => isProved(send, server))
    const provedAt = new Map<string, number>()
    const [whole, less] = [new Set<string>(), new Set<string>()]
    for (const { transferId, startedAt } of proved)
      for (const { key, state } of await reader.listTransferItems(transferId)) {
        provedAt.set(key, Math.max(startedAt, provedAt.get(key) ?? 0))
        if (state === 'warning') less.add(key)
        else if (state !== 'duplicate') whole.add(key)
      }
    // What came after the send is not what was proved, whatever its UID.
    const isThere = located.every(
      ({ instanceId, sopInstanceUID }) =>
        (provedAt.get(sopInstanceUID) ?? -1) >= (cameAt.get(instanceId) ?? Number.POSITIVE_INFINITY),
    )
    if (!isThere) return 'not-yet'
    const doubtful = located.filter(({ sopInstanceUID }) => !whole.has(sopInstanceUID))
    const warned = doubtful.filter(({ sopInstanceUID }) => less.has(sopInstanceUID)).length
    const why = warned > 0 ? tookLess(server.name, warned) : hadBefore(server.name, doubtful.length)
    if (doubtful.length > 0) return [nothingDone(server.name, `Not moved to the trash: ${why}`)]
  }
  // A proof may be weeks old, and servers make room too.
  for (const server of servers) {
    if (!server.queryRetrieve) continue
    const why = await lookThere(parts, server, located, study)
    if (why === 'not-yet') return 'not-yet'
    if (why !== '') return [nothingDone(server.name, `Not moved to the trash: ${why}`)]
  }
  const newest = Math.max(...located.map(({ instanceId }) => instanceId))
  const names = servers.map(({ name }) => name).join(', ')
  const { trashed } = await writer.trashUnchanged(studyId, located.length, newest)
  if (!trashed) return 'not-yet'
  return [nothingDone(names, `Moved to the trash: ${names} proved to have all of its ${imagesOf(located)}.`)]
}

/** By the server's word for each image where it is asked for that (PS3.4 J.3); else by what it answered to a search. */
function isProved({ plan, state, proof, commitment }: KeptTransfer, server: ServerRow): boolean {
  if (readPlan(plan)?.serverId !== server.serverId || state !== 'done' || proof?.state !== 'proved') return false
  if (server.askCommitment)
    return commitment != null && commitment.asked + commitment.refused + commitment.notAsked === 0
  return server.queryRetrieve || proof.by === 'commitment'
}

/** PS3.7 C.5.9 says that the UID is in use there, and not that it is in use for the same. */
const hadBefore = (name: string, images: number) =>
  `${name} had ${images === 1 ? 'one image' : `${images} images`} under the same UID before, and does not say whether it is the same. Compare, and delete by hand.`

/** PS3.4 Table B.2-1: it changed or left out elements, and counts as success all the same. */
const tookLess = (name: string, images: number) =>
  `${name} took ${images === 1 ? 'one image' : `${images} images`} with a warning: what it has may be less than what is here. Compare, and delete by hand.`

const imagesOf = ({ length }: readonly StoredInstance[]) => (length === 1 ? '1 image' : `${length} images`)
