import { z } from 'zod'
import { rememberedUnder } from '../api/practice.ts'

/**
 * One workstation may have several windows, on several monitors. Each has a number; the first is 1. What the others show
 * is written down under their number, so that they can be opened again.
 */
export const MOST_WINDOWS = 9

const NUMBER_KEY = rememberedUnder('negatoscope.window')
const entryKey = (number: number) => rememberedUnder(`negatoscope.window.${number}`)

const windowEntry = z.object({
  /** Whom it shows, in words. */
  title: z.string().max(200),
  studyIds: z.array(z.number().int().min(1)).min(1).max(64),
  seriesId: z.number().int().optional(),
  /** What its light box remembers; checked by the light box. Without one the studies open as they always do. */
  lightBox: z.string().max(100_000).optional(),
  /** False once a person closed it while others stayed. */
  open: z.boolean(),
})
export type WindowEntry = z.infer<typeof windowEntry>

export function windowEntryOf(number: number): WindowEntry | undefined {
  try {
    return windowEntry.parse(JSON.parse(localStorage.getItem(entryKey(number)) ?? 'null'))
  } catch {
    return undefined
  }
}

export function keepWindowEntry(number: number, entry: WindowEntry): void {
  try {
    localStorage.setItem(entryKey(number), JSON.stringify(entry))
  } catch {
    // Without room it is not opened again by itself.
  }
}

export function forgetWindowEntry(number: number): void {
  localStorage.removeItem(entryKey(number))
}

export function ownNumber(): number {
  const number = typeof sessionStorage === 'undefined' ? 1 : Number(sessionStorage.getItem(NUMBER_KEY))
  return Number.isInteger(number) && number >= 1 && number <= MOST_WINDOWS ? number : 1
}

export function setOwnNumber(number: number): void {
  sessionStorage.setItem(NUMBER_KEY, String(number))
}

/**
 * `#window=3` in the address: this page is window 3 and shows what is written down for it. Called before anything is
 * remembered: a browser copies what the opening window remembers into the new one.
 */
export function takeUpWindow(keys: { place: string; lightBox: string }): WindowEntry | undefined {
  if (typeof location === 'undefined') return undefined
  const number = Number(/^#window=([2-9])$/.exec(location.hash)?.[1])
  if (!number) return undefined
  history.replaceState(null, '', location.pathname + location.search)
  setOwnNumber(number)
  sessionStorage.removeItem(keys.place)
  sessionStorage.removeItem(keys.lightBox)
  const entry = windowEntryOf(number)
  if (!entry) return undefined
  keepWindowEntry(number, { ...entry, open: true })
  if (entry.lightBox === undefined) return entry
  sessionStorage.setItem(keys.lightBox, entry.lightBox)
  sessionStorage.setItem(keys.place, JSON.stringify({ page: 'viewer', studyIds: entry.studyIds }))
  return undefined
}
