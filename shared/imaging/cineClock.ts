/** How long each frame of a clip stays, in ms. PS3.3 C.7.6.5: Frame Time Vector holds the increments, its first is 0. */
export function frameDurationsMs(
  frames: number,
  frameTimeMs: number | null,
  frameTimeVectorMs: readonly number[] | null,
): number[] {
  const usual = frameTimeMs && frameTimeMs > 0 ? frameTimeMs : undefined
  const vector = frameTimeVectorMs && frameTimeVectorMs.length >= frames ? frameTimeVectorMs : undefined
  const mean = vector && frames > 1 ? vector.slice(1, frames).reduce((sum, ms) => sum + ms, 0) / (frames - 1) : 0
  return Array.from({ length: frames }, (_, frame) => {
    // The time to the next frame; the last one has no next and stays as long as the mean.
    const own = vector ? (frame + 1 < frames ? vector[frame + 1] : mean) : usual
    return own && own > 0 ? own : (usual ?? DEFAULT_FRAME_TIME_MS)
  })
}

export const DEFAULT_FRAME_TIME_MS = 100

/** Which frame is due `elapsedMs` after `start` was shown, going round. By the clock: late frames are skipped, not delayed. */
export function frameDue(durationsMs: readonly number[], start: number, elapsedMs: number): number {
  const total = durationsMs.reduce((sum, ms) => sum + ms, 0)
  if (durationsMs.length === 0 || !(total > 0)) return 0
  let left = elapsedMs % total
  let frame = start
  for (;;) {
    const stay = durationsMs[frame] ?? total
    if (left < stay) return frame
    left -= stay
    frame = (frame + 1) % durationsMs.length
  }
}

/** A clip that is late by no more shows what it missed, at the pace of the screen. */
const MOST_LATE_MS = 320
/** Frames that stay this long come slower than the screen draws: what was missed can be made up for. */
const CATCHES_UP_MS = 25

/**
 * Which frame to show where `due` is the one of the clock. A computer that is busy for a moment makes a clip late by a frame
 * or a few: these come quickly one after the other, since what a heart does in one frame is in no other. Longer gaps are
 * skipped.
 */
export function frameNext(durationsMs: readonly number[], shown: number, due: number): number {
  const frames = durationsMs.length
  if (shown === due || Math.min(...durationsMs) < CATCHES_UP_MS) return due
  let lateMs = 0
  for (let frame = shown; frame !== due; frame = (frame + 1) % frames) lateMs += durationsMs[frame] ?? 0
  return lateMs <= MOST_LATE_MS ? (shown + 1) % frames : due
}
