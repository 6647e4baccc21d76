import { formatCount } from '../../app/formatAmount.ts'

const BAR = 4
const GAP = 1
const HEIGHT = 16

/** Images on each of the last days, one bar each; a day without any is a dash. */
export function DayBars({ days, what = 'image' }: { days: readonly number[]; what?: string }) {
  const most = Math.max(1, ...days)
  const total = days.reduce((sum, count) => sum + count, 0)
  const words = `${formatCount(total, what)} in ${days.length} days`
  const bars = days.map((count, index) => {
    const height = count === 0 ? 1 : Math.max(2, Math.round((count / most) * HEIGHT))
    return `M${index * (BAR + GAP)} ${HEIGHT}v${-height}h${BAR}v${height}z`
  })
  return (
    <svg width={days.length * (BAR + GAP)} height={HEIGHT} role="img" aria-label={words}>
      <title>{words}</title>
      <path d={bars.join('')} fill="currentColor" />
    </svg>
  )
}
