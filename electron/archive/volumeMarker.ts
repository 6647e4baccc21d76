import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileDurably } from './writeFileDurably.ts'

/**
 * A file in each storage folder says whose it is. Where the folder is a mount point and its disk is not connected, the
 * path is there and empty: without the file nothing is written into it, and what is missing in it is not taken as lost.
 */
const markerPath = (folder: string) => join(folder, 'negatoscope-archive.txt')

const NOTE = 'This folder belongs to an archive of Negatoscope. Without this file nothing is stored here.'

/** The id of the archive that the folder belongs to. */
export function readMarker(folder: string): string | undefined {
  try {
    return readFileSync(markerPath(folder), 'utf8').split('\n', 1)[0]?.trim() || undefined
  } catch {
    return undefined
  }
}

export function writeMarker(folder: string, archiveId: string): void {
  writeFileDurably(markerPath(folder), `${archiveId}\n${NOTE}\n`)
}

/** For whoever writes into the folder: is it, and not only the place where its disk belongs? */
export function isConnected(folder: string): boolean {
  return existsSync(markerPath(folder))
}
