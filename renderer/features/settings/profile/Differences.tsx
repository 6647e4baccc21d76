import type { Difference } from '#shared/contract/siteProfile.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import css from './Differences.module.css'

const SHOWN = 50
const kinds = { server: 'Server', device: 'Device' }

/** Field by field: as the profile says, and as it is here. */
export function Differences({ differences }: { differences: readonly Difference[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too
    <section className={css.frame} aria-label="What differs from the profile" tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">Entry</th>
            <th scope="col">Field</th>
            <th scope="col">Profile</th>
            <th scope="col">Here</th>
          </tr>
        </thead>
        <tbody>{differences.slice(0, SHOWN).flatMap(rowsOf)}</tbody>
      </table>
      {differences.length > SHOWN && (
        <p className={css.more}>and {formatCount(differences.length - SHOWN, 'entry', 'entries')} more</p>
      )}
    </section>
  )
}

function rowsOf({ kind, name, values, missing, held }: Difference) {
  const entry = kind === 'setting' ? 'Setting' : `${kinds[kind]} ${name}`
  const rows = missing ? [{ field: '', wanted: 'In the list', found: 'Not here' }] : values
  return rows.map(({ field, wanted, found }, index) => (
    <tr key={`${kind} ${name} ${field}`}>
      <td>{index === 0 ? entry : ''}</td>
      <td>{field}</td>
      <td>{wanted}</td>
      <td>
        {found}
        {held !== '' && index === 0 && <div className={css.held}>{held}</div>}
      </td>
    </tr>
  ))
}
