import { qido } from './qido.ts'
import type { WebServer } from './webApi.ts'

export interface SeriesKeys {
  studyInstanceUID: string
  seriesInstanceUID: string
}

const LOOKED_AT = 1000

/** The image in the middle of a series, by its number: the first and the last show the least. Undefined where it is empty. */
export async function seriesSample(
  server: WebServer,
  keys: SeriesKeys,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { studyInstanceUID: StudyInstanceUID, seriesInstanceUID: SeriesInstanceUID } = keys
  const found: { uid: string; number: number }[] = []
  const wanted = { StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID: '', InstanceNumber: '' }
  for await (const match of qido(server, { level: 'IMAGE', keys: wanted }, signal)) {
    found.push({ uid: match.SOPInstanceUID ?? '', number: Number(match.InstanceNumber ?? 0) || 0 })
    if (found.length >= LOOKED_AT) break
  }
  found.sort((a, b) => a.number - b.number)
  return found[Math.floor(found.length / 2)]?.uid
}
