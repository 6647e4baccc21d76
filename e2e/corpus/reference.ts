import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { colourFrames } from './colourReference.ts'
import { decode } from './decode.ts'
import { greyFrames } from './greyReference.ts'
import { jpegFrames } from './jpegReference.ts'
import type { CorpusRow } from './rounds.ts'

export interface ReferenceFrame {
  width: number
  height: number
  /** Interleaved by component. */
  values: ArrayLike<number>
  slope: number
}

/** A picture as others decode it. */
export interface Reference {
  components: 1 | 3
  frames: ReferenceFrame[]
}

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50'

/** Undefined where no other decoder at hand reads the file. */
export async function referenceOf(row: CorpusRow, scratch: string, browser: Browser): Promise<Reference | undefined> {
  const isJpegColour = row.transfer_syntax_uid === JPEG_BASELINE && row.photometric.startsWith('YBR')
  const jpeg = isJpegColour ? await jpegFrames(browser, row.file) : []
  // DCMTK lays a JPEG smaller than its frame (the edge of a slide's tiling) out as if it were not.
  const isCut = jpeg.some((frame) => frame.width !== row.columns || frame.height !== row.rows)
  const decoded = isCut ? undefined : await byTools(row, scratch)
  if (decoded) return decoded
  return jpeg.length > 0 ? { components: 3, frames: jpeg.map((frame) => ({ ...frame, slope: 1 })) } : undefined
}

async function byTools(row: CorpusRow, scratch: string): Promise<Reference | undefined> {
  const folder = mkdtempSync(join(scratch, 'reference-'))
  const decoded = await decode(row.file, row.transfer_syntax_uid, folder)
  if (!decoded) return undefined
  const size = { width: row.columns ?? 0, height: row.rows ?? 0 }
  const isGrey = row.samples !== 3 && row.photometric !== 'PALETTE COLOR'
  if (isGrey) {
    const frames = greyFrames(decoded.dataSet)
    return frames && { components: 1, frames: frames.map((frame) => ({ ...size, ...frame })) }
  }
  const frames = await colourFrames(decoded.file, folder)
  return frames && { components: 3, frames: frames.map((values) => ({ ...size, values, slope: 1 })) }
}
