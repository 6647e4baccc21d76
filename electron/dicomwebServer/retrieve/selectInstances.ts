import type { ArchiveReaderApi, StoredInstance } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Target } from '../http/route.ts'
import { notFound } from '../http/webRefusal.ts'

export type RetrieveArchive = Pick<Remote<ArchiveReaderApi>, 'select' | 'locate'>

/** Located at a time: a study may have a hundred thousand images. */
const SOME = 500

export interface Selected {
  count: number
  /** Kinds that occur. */
  transferSyntaxUIDs: string[]
  /** In the order of the archive; those that have gone meanwhile are left out. */
  instances(): AsyncGenerator<StoredInstance>
}

/** What the path of a request names. Throws WebRefusal: 404 where there is nothing. */
export async function selectInstances(
  archive: RetrieveArchive,
  { study, series, instance }: Target,
  signal: AbortSignal,
): Promise<Selected> {
  const keys = [
    { keyword: 'StudyInstanceUID', value: study ?? '' },
    { keyword: 'SeriesInstanceUID', value: series ?? '' },
    { keyword: 'SOPInstanceUID', value: instance ?? '' },
  ].filter(({ value }) => value !== '')
  const { instanceIds, kinds } = await archive.select({ level: 'IMAGE', keys, combinedDateTime: false }, signal)
  if (instanceIds.length === 0) throw notFound()
  return {
    count: instanceIds.length,
    transferSyntaxUIDs: [...new Set(kinds.map(({ transferSyntaxUID }) => transferSyntaxUID))],
    async *instances() {
      for (let at = 0; at < instanceIds.length && !signal.aborted; at += SOME)
        yield* await archive.locate({ instanceIds: instanceIds.slice(at, at + SOME) })
    },
  }
}

/** The one instance that a path names. Throws WebRefusal. */
export async function theInstance(
  archive: RetrieveArchive,
  target: Target,
  signal: AbortSignal,
): Promise<StoredInstance> {
  const { instances } = await selectInstances(archive, target, signal)
  for await (const instance of instances()) return instance
  throw notFound()
}
