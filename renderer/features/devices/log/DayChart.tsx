import { formatCount } from '../../../app/formatAmount.ts'
import css from './LiveLog.module.css'

const HEIGHT = 72
const STEP = 10

const name = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

function dayText(day: number | undefined): string {
  if (day === undefined) return ''
  return name.format(new Date(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100, 12))
}

/** All devices together, one bar a day. */
export function DayChart({ days, counts }: { days: readonly number[]; counts: readonly number[] }) {
  const most = Math.max(1, ...counts)
  const busiest = counts.indexOf(Math.max(...counts))
  const words = `${formatCount(Math.max(0, ...counts), 'image')} on the busiest day, ${dayText(days[busiest])}`
  return (
    <>
      <svg
        className={css.chart}
        viewBox={`0 0 ${counts.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words}
      >
        <title>{words}</title>
        {counts.map((count, at) => {
          const height = count === 0 ? 1 : Math.max(3, (count / most) * HEIGHT)
          return (
            <rect
              key={days[at]}
              x={at * STEP + 1}
              y={HEIGHT - height}
              width={STEP - 2}
              height={height}
              fill="currentColor"
            >
              <title>{`${dayText(days[at])}: ${formatCount(count, 'image')}`}</title>
            </rect>
          )
        })}
      </svg>
      <div className={css.axis}>
        <span>{dayText(days[0])}</span>
        <span>{words}</span>
        <span>today</span>
      </div>
    </>
  )
}
