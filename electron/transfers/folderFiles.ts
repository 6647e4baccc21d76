import { lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'

export interface FileIdentity {
  studyInstanceUID: string
  seriesInstanceUID: string
  sopInstanceUID: string
}

interface Known {
  mtimeMs: number
  size: number
  identity: FileIdentity | null
}

/** The preamble and the shortest data set that names an image. */
const LEAST_BYTES = 200
const MOST_FILES = 1_000_000
const AT_ONCE = 64
const DEPTH_MAX = 32

/** The folder holds more files than can be looked at. */
export class TooManyFiles extends Error {}

/**
 * Whose images lie in the storage folder of another system: names and folders there mean nothing to us, so each file's own
 * header is read, once for as long as the file stays as it is. Links are not followed.
 */
export class FolderFiles {
  private readonly known = new Map<string, Map<string, Known>>()
  private readonly identify: (paths: string[]) => Promise<(FileIdentity | null)[]>

  constructor(identify: (paths: string[]) => Promise<(FileIdentity | null)[]>) {
    this.identify = identify
  }

  /** Rejects with a code of the operating system where the folder itself cannot be read. */
  async ofStudy(
    folder: string,
    studyInstanceUID: string,
    looked: (files: number) => void,
    signal: AbortSignal,
  ): Promise<{ path: string; identity: FileIdentity }[]> {
    const before = this.known.get(folder) ?? new Map<string, Known>()
    const now = new Map<string, Known>()
    let fresh: { path: string; mtimeMs: number; size: number }[] = []
    const readHeaders = async () => {
      const identities = await this.identify(fresh.map(({ path }) => path))
      for (const [at, { path, ...stat }] of fresh.entries())
        now.set(path, { ...stat, identity: identities[at] ?? null })
      fresh = []
    }
    for await (const path of filesBelow(folder, 0)) {
      signal.throwIfAborted()
      const stat = await lstat(path).catch(() => undefined)
      if (!stat?.isFile() || stat.size < LEAST_BYTES) continue
      const { mtimeMs, size } = stat
      const known = before.get(path)
      if (known && known.mtimeMs === mtimeMs && known.size === size) now.set(path, known)
      else fresh.push({ path, mtimeMs, size })
      if (now.size + fresh.length > MOST_FILES) throw new TooManyFiles()
      if (fresh.length >= AT_ONCE) await readHeaders()
      looked(now.size)
    }
    await readHeaders()
    this.known.set(folder, now)
    return [...now].flatMap(([path, { identity }]) =>
      identity?.studyInstanceUID === studyInstanceUID ? [{ path, identity }] : [],
    )
  }
}

async function* filesBelow(folder: string, depth: number): AsyncGenerator<string> {
  const directory = await opendir(folder).catch((error: unknown) => {
    // What is locked or gone below says nothing about the rest.
    if (depth === 0) throw error
    return undefined
  })
  if (!directory) return
  for await (const entry of directory) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && depth < DEPTH_MAX) yield* filesBelow(path, depth + 1)
    else if (entry.isFile()) yield path
  }
}
