const GIGABYTE = 2 ** 30

/** Bytes of pixels to keep: a quarter of what the browser says the machine has (it never says more than 8 GB). */
export function memoryBudget(): number {
  const gigabytes = (navigator as Navigator & { deviceMemory?: number }).deviceMemory ?? 4
  return Math.min(2, Math.max(0.5, gigabytes / 4)) * GIGABYTE
}
