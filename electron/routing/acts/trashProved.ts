import type { ArchiveReaderApi, ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { readPlan } from '#electron/transfers/plan.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import { fulfilsAll } from '#shared/routing/condition.ts'
import { attributesOf } from '../chooseInstances.ts'
import { type Acted, nothingDone, type Occasion } from './act.ts'

export interface TrashParts {
  reader: Pick<Remote<ArchiveReaderApi>, 'locate' | 'placesOf' | 'sendsOfStudies' | 'listTransferItems'>
  writer: Pick<Remote<ArchiveWriterApi>, 'trashUnchanged'>
}

/** A study goes to the trash, never further, once each of the servers has proved to have each image that is here. */
export async function trashProved(
  { reader, writer }: TrashParts,
  { rule, studyId, instances }: Occasion,
  servers: readonly ServerRow[],
): Promise<Acted[] | 'not-yet'> {
  if (!instances.some((instance) => fulfilsAll(attributesOf(instance), rule.conditions))) return []
  const [located, places, sends] = await Promise.all([
    reader.locate({ studyIds: [studyId] }),
    reader.placesOf({ studyIds: [studyId] }),
    reader.sendsOfStudies([studyId]),
  ])
  if (located.length === 0) return []
  const cameAt = new Map(places.map(({ instanceId, receivedAt }) => [instanceId, receivedAt]))
  for (const { serverId } of servers) {
    const provedAt = new Map<string, number>()
    const proved = sends.filter(
      ({ plan, state, proof }) =>
        readPlan(plan)?.serverId === serverId && state === 'done' && proof?.state === 'proved',
    )
    for (const { transferId, startedAt } of proved)
      for (const { key } of await reader.listTransferItems(transferId))
        provedAt.set(key, Math.max(startedAt, provedAt.get(key) ?? 0))
    // What came after the send is not what was proved, whatever its UID.
    const isThere = located.every(
      ({ instanceId, sopInstanceUID }) =>
        (provedAt.get(sopInstanceUID) ?? -1) >= (cameAt.get(instanceId) ?? Number.POSITIVE_INFINITY),
    )
    if (!isThere) return 'not-yet'
  }
  const newest = Math.max(...located.map(({ instanceId }) => instanceId))
  const names = servers.map(({ name }) => name).join(', ')
  const { trashed } = await writer.trashUnchanged(studyId, located.length, newest)
  if (!trashed) return 'not-yet'
  const images = located.length === 1 ? '1 image' : `${located.length} images`
  return [nothingDone(names, `Moved to the trash: ${names} proved to have all of its ${images}.`)]
}
