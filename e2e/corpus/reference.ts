import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { colourFrames } from './colourReference.ts'
import { decode } from './decode.ts'
import { greyFrames } from './greyReference.ts'
import type { CorpusRow } from './rounds.ts'

/** A picture as others decode it: per frame, values interleaved by component. */
export interface Reference {
  tool: string
  components: 1 | 3
  frames: { values: ArrayLike<number>; slope: number }[]
}

/** Undefined where no other decoder at hand reads the file. */
export async function referenceOf(row: CorpusRow, scratch: string): Promise<Reference | undefined> {
  const folder = mkdtempSync(join(scratch, 'reference-'))
  const decoded = await decode(row.file, row.transfer_syntax_uid, folder)
  if (!decoded) return undefined
  const isGrey = row.samples !== 3 && row.photometric !== 'PALETTE COLOR'
  if (isGrey) {
    const frames = greyFrames(decoded.dataSet)
    return frames && { tool: decoded.tool, components: 1, frames }
  }
  const frames = await colourFrames(decoded.file, folder)
  return frames && { tool: decoded.tool, components: 3, frames: frames.map((values) => ({ values, slope: 1 })) }
}
