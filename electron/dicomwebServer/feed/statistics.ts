import { statfs } from 'node:fs/promises'
import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { Holdings } from '#electron/archive/changeFeed.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Answer, Asked } from '../http/answer.ts'
import { plainJson } from './plainJson.ts'

/** Counting a large archive takes a moment, and a program that watches asks again and again. */
const REMEMBERED_MS = 2000
const MEGABYTE = 1024 ** 2

interface StatisticsParts {
  archive: Pick<Remote<ArchiveReaderApi>, 'holdings'>
  storageFolder(): string
}

/** R118: how much is here, in the form in which Orthanc tells it (GET /statistics), and how much room is left. */
export function statistics({ archive, storageFolder }: StatisticsParts) {
  let counted: { at: number; holdings: Promise<Holdings> } | undefined
  const count = (): Promise<Holdings> => {
    const now = performance.now()
    if (counted && now - counted.at < REMEMBERED_MS) return counted.holdings
    const holdings = archive.holdings()
    counted = { at: now, holdings }
    holdings.catch(() => {
      counted = undefined
    })
    return holdings
  }
  return async ({ accept }: Pick<Asked, 'accept'>): Promise<Answer> => {
    const [{ patients, studies, series, instances, bytes }, free] = await Promise.all([
      count(),
      freeOf(storageFolder()),
    ])
    return plainJson(accept, {
      CountPatients: patients,
      CountStudies: studies,
      CountSeries: series,
      CountInstances: instances,
      ...sized('TotalDiskSize', bytes),
      // Files are kept as they came.
      ...sized('TotalUncompressedSize', bytes),
      ...(free !== undefined && sized('FreeDiskSize', free)),
    })
  }
}

/** As text, as Orthanc does: a large number of bytes is more than some readers of JSON can hold. */
const sized = (name: string, bytes: number) => ({ [name]: String(bytes), [`${name}MB`]: Math.floor(bytes / MEGABYTE) })

/** Undefined where the folder is not connected. */
async function freeOf(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return undefined
  }
}
