/** How long to wait before the n-th attempt to reach the workstation again (first: 0). Soon at first, every 5 s in the end. */
export function backoffMs(attempt: number): number {
  return Math.min(5000, 250 * 2 ** attempt)
}
