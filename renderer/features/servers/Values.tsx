import css from './Values.module.css'

/** What must be entered elsewhere, exactly. */
export function Values({ values }: { values: readonly { label: string; value: string }[] }) {
  return (
    <dl className={css.values}>
      {values.map(({ label, value }) => (
        <div key={label} className={css.pair}>
          <dt>{label}</dt>
          <dd className="mono">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
