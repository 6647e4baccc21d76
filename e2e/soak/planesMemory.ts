import { setTimeout as delay } from 'node:timers/promises'
// Brings the type of window.negatoscope.
import type {} from '../corpus/readBack.ts'
import { type Memory, openChromium } from './chromium.ts'

/** Whoever leaves the light box may come back for a moment: until then nothing is let go. */
const LET_GO_MS = 6000

export interface PlanesMemory {
  /** The study list, nothing opened yet. */
  start: Memory
  /** The whole stack is here. */
  stack: Memory
  /** Planes were opened and closed so many times; the stack is still open. */
  planes: Memory
  /** Back at the list. */
  closed: Memory
}

/** Opens a CT in a browser of its own, its planes again and again, and closes it; reads what that takes. */
export async function planesMemory(url: string, studyId: number, slices: number, times: number): Promise<PlanesMemory> {
  await using chromium = await openChromium()
  await chromium.goto(url)
  await chromium.until(() => window.negatoscope !== undefined)
  const start = await chromium.memory()
  await chromium.evaluate((id) => window.negatoscope?.viewer.open([id]), studyId)
  await chromium.until((count) => window.negatoscope?.viewer.state(0).cachedFrames === count && count > 0, slices)
  const stack = await chromium.memory()
  for (let round = 0; round < times; round += 1) {
    await chromium.press('y')
    // A plane through the middle, drawn: its samples are those of the volume.
    await chromium.until((instance) => {
      const state = window.negatoscope?.viewer.state(0)
      return state?.status === 'shown' && (state.instanceId ?? 0) < instance
    }, 0)
    await chromium.press('PageDown')
    await chromium.press('y')
    await chromium.until((count) => {
      const state = window.negatoscope?.viewer.state(0)
      return state?.status === 'shown' && (state.instanceId ?? 0) > 0 && state.totalFrames === count
    }, slices)
  }
  const planes = await chromium.memory()
  await chromium.press('Escape')
  await chromium.until(() => document.querySelector('[role="grid"], [role="table"], table') !== null)
  await delay(LET_GO_MS)
  const closed = await chromium.memory()
  return { start, stack, planes, closed }
}
