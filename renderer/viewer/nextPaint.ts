/** A hidden page paints nothing, a busy one late: neither keeps what comes after it waiting for long. */
const PAINT_MS = 50

/** What would take the same core waits until what is drawn is on the screen. */
export function nextPaint(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve())
    setTimeout(resolve, PAINT_MS)
  })
}
