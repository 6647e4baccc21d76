import { z } from 'zod'
import { rememberedUnder } from '../api/practice.ts'

export const PLACE_KEY = rememberedUnder('negatoscope.place')
/** What the light box of this window remembers. */
export const LIGHT_BOX_KEY = rememberedUnder('negatoscope.lightBox')

const place = z.object({
  page: z.enum(['studies', 'viewer']),
  studyIds: z.array(z.number().int().min(1)).max(64),
})
type Place = z.infer<typeof place>

const nowhere: Place = { page: 'studies', studyIds: [] }

let restored: readonly number[] | undefined

/** Whether these studies were taken from memory, and nobody chose them now. */
export function isRemembered(studyIds: readonly number[]): boolean {
  return studyIds === restored
}

/** Where this window was when it was loaded anew: the studies that it showed. A new window begins at the list. */
export function rememberedPlace(): Place {
  if (typeof sessionStorage === 'undefined') return nowhere
  try {
    const found = place.parse(JSON.parse(sessionStorage.getItem(PLACE_KEY) ?? 'null'))
    if (found.studyIds.length === 0) return nowhere
    restored = found.studyIds
    return found
  } catch {
    return nowhere
  }
}

export function rememberPlace(page: string, studyIds: readonly number[]): void {
  if (typeof sessionStorage === 'undefined') return
  try {
    sessionStorage.setItem(PLACE_KEY, JSON.stringify({ page: page === 'viewer' ? page : 'studies', studyIds }))
  } catch {
    // Without room to remember, the next load begins at the list.
  }
}
