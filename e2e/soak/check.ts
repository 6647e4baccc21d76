export interface SoakOptions {
  studies: number
  /** Damaged frames of each codec. */
  frames: number
  /** The number of the first: what takes long is played in pieces. */
  from: number
  /** Damaged images of each codec that are opened in a tile. */
  each: number
  /** Damaged videos that are opened in a tile. */
  videos: number
  seed: number
  /** Only the codec of this name; '' for all. */
  codec: string
  /** A folder in which the studies are kept for the next time; '' for none. */
  data: string
}

/** What was looked at, and what was seen. */
export interface Check {
  name: string
  passed: boolean
  told: string
}

export const MB = 1024 ** 2
export const megabytes = (bytes: number) => `${(bytes / MB).toFixed(1)} MB`
