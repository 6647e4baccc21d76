import { useEffect, useState } from 'react'
import css from './Bars.module.css'

/** Loading: nothing for 120 ms, then still bars in rows of the final height. */
export function Bars({ rows = 8, label = 'Loading' }: { rows?: number; label?: string }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 120)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status" aria-label={label} className={css.bars}>
      {shown &&
        Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are alike and never move
          <div className={css.row} key={row} aria-hidden="true">
            {[26, 14, 34, 10].map((share, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
              <span key={column} className={css.cell} style={{ width: `${share}%` }}>
                <i className={css.bar} style={{ width: `${60 + ((row * 7 + column * 13) % 5) * 8}%` }} />
              </span>
            ))}
          </div>
        ))}
    </div>
  )
}
