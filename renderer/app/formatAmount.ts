const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** `12,480`. */
export function formatNumber(value: number): string {
  return decimal.format(value)
}

/** `1 image`, `34 images`. */
export function formatCount(count: number, one: string, many: string = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`
}

const units = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'] as const

/** Decimal units, as disks are sold: `412 GB`, `1.4 MB`. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes)
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0
  return `${value.toFixed(digits)} ${units[unit]}`
}

/** `54 MB/s`. */
export function formatBytesPerSecond(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`
}

/** `2 s`, `4 min`, `1 h 20 min`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
