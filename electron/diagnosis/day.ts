/** DA (PS3.5 6.2) in the time of this computer, `daysAgo` days before today. */
export function day(daysAgo = 0, now = new Date()): string {
  const at = new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(at.getFullYear()).padStart(4, '0')}${two(at.getMonth() + 1)}${two(at.getDate())}`
}
