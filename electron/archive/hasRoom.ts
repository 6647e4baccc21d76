import { statfsSync } from 'node:fs'

/** Of a volume that is smaller than what is to be kept free on it. */
const SHARE_OF_A_SMALL_VOLUME = 0.1

/** Whether so much is free on the volume of the folder. Throws where it cannot be reached. */
export function hasRoom(folder: string, minFreeBytes: number): boolean {
  const { bavail, blocks, bsize } = statfsSync(folder)
  const volume = blocks * bsize
  const wanted = minFreeBytes < volume ? minFreeBytes : volume * SHARE_OF_A_SMALL_VOLUME
  return bavail * bsize >= wanted
}
