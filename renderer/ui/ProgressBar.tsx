import css from './ProgressBar.module.css'

export interface ProgressBarProps {
  label: string
  value: number
  max: number
  /** Moving now (accent) or a level such as disk space (grey). */
  tone?: 'moving' | 'level'
  width?: number
}

export function ProgressBar({ label, value, max, tone = 'moving', width = 64 }: ProgressBarProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  const fill = <i className={css.fill} data-tone={tone} style={{ width: `${share * 100}%` }} />
  // A level stands beside its figure in words.
  if (tone === 'level') {
    return (
      <span aria-hidden="true" className={css.track} style={{ width }}>
        {fill}
      </span>
    )
  }
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      className={css.track}
      style={{ width }}
    >
      {fill}
    </span>
  )
}
