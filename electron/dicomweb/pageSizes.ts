import type { FindQuery } from '#electron/dicom/nodeApi.ts'
import type { WebServer } from './webApi.ts'

type Level = FindQuery['level']

/** Nobody gives so few at once. */
const FEWEST = 10
const KEPT_MAX = 100

/** The largest page that each server has given. */
const largest = new Map<string, number>()

/**
 * PS3.18 8.3.4.4: a server that gives less than was asked for says so by Warning 299. Some have a bound of their own and
 * say nothing: then a page that is not full is no proof of the end, unless it has given larger ones.
 */
export function mayBeCut(server: WebServer, level: Level, entries: number): boolean {
  return entries >= FEWEST && entries >= (largest.get(nameOf(server, level)) ?? 0)
}

export function gave(server: WebServer, level: Level, entries: number): void {
  const name = nameOf(server, level)
  const known = largest.get(name) ?? 0
  largest.delete(name)
  largest.set(name, Math.max(known, entries))
  const [oldest] = largest.keys()
  if (largest.size > KEPT_MAX && oldest !== undefined) largest.delete(oldest)
}

const nameOf = ({ serverId, origin, dicomwebPath }: WebServer, level: Level) =>
  JSON.stringify([serverId, origin, dicomwebPath, level])
