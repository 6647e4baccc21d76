import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { type Part10File, readPart10 } from '../workstation/storedFiles.ts'

/** SOP Instance UID -> file, of files that storescp wrote. */
export function byUid(files: string[]): Map<string, Part10File> {
  return new Map(files.map((path) => readPart10(path)).map((file) => [file.sopInstanceUID, file]))
}

export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).map((name) => join(folder, name))
}

export interface Differences {
  missing: string[]
  otherSyntax: string[]
  otherBytes: string[]
}

export const noDifference: Differences = { missing: [], otherSyntax: [], otherBytes: [] }

/** What of `reference` is not, or not bit by bit, in `ours`. File meta information is each receiver's own. */
export function compare(reference: Map<string, Part10File>, ours: Map<string, Part10File>): Differences {
  const differences: Differences = { missing: [], otherSyntax: [], otherBytes: [] }
  for (const [uid, file] of reference) {
    const own = ours.get(uid)
    if (!own) differences.missing.push(uid)
    else if (own.transferSyntaxUID !== file.transferSyntaxUID)
      differences.otherSyntax.push(`${uid}: ${own.transferSyntaxUID}, not ${file.transferSyntaxUID}`)
    else if (!plain(own).equals(plain(file)))
      differences.otherBytes.push(`${uid}: ${own.dataSet.length} bytes, not ${file.dataSet.length}, or others`)
  }
  return differences
}

const DEFLATED = '1.2.840.10008.1.2.1.99'

/** Deflated data sets inflated: Orthanc 1.10.1 keeps them so, under the deflated name. */
function plain({ transferSyntaxUID, dataSet }: Part10File): Buffer {
  if (transferSyntaxUID !== DEFLATED) return Buffer.from(dataSet)
  try {
    return inflateRawSync(dataSet)
  } catch {
    return Buffer.from(dataSet)
  }
}
