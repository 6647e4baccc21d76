import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { listBuckets } from './bucket.ts'

/** As InstanceStore names them. */
const FILE_NAME = /^([0-9a-f]{64})-[0-9a-f]{8}\.dcm$/

export interface StoredFileOnDisk {
  /** Relative to the storage folder. */
  file: string
  path: string
  bytes: number
  dataSetHash: string
  /** When it arrived, in milliseconds since 1970. */
  writtenAt: number
}

/** The files of a storage folder above a bucket number, in the order in which they came. Anything else in there is not ours. */
export function* storedFiles(folder: string, aboveBucket = 0): Generator<StoredFileOnDisk> {
  if (!existsSync(folder)) return
  for (const { name, number } of listBuckets(folder)) {
    if (number <= aboveBucket) continue
    const files = readdirSync(join(folder, name)).flatMap((fileName) => {
      const dataSetHash = FILE_NAME.exec(fileName)?.[1]
      if (dataSetHash === undefined) return []
      const path = join(folder, name, fileName)
      const { size, mtimeMs } = statSync(path)
      return [{ file: `${name}/${fileName}`, path, bytes: size, dataSetHash, writtenAt: mtimeMs }]
    })
    yield* files.sort((a, b) => a.writtenAt - b.writtenAt)
  }
}
