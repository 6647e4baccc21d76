import type { Difference } from '#shared/contract/siteProfile.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import css from './Differences.module.css'

const SHOWN = 50
const kinds = { server: 'Server', device: 'Device', setting: 'Setting' }

/** Field by field: as the profile says, and as it is here. */
export function Differences({ differences }: { differences: readonly Difference[] }) {
  return (
    <div className={css.frame}>
      <table className={css.table}>
        <caption className="visuallyHidden">What differs from the profile</caption>
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
    </div>
  )
}

function rowsOf({ kind, name, values, missing }: Difference) {
  const entry = kind === 'setting' ? kinds.setting : `${kinds[kind]} ${name}`
  const rows = missing ? [{ field: '', wanted: 'In the list', found: 'Not here' }] : values
  return rows.map(({ field, wanted, found }, index) => (
    <tr key={`${kind} ${name} ${field}`}>
      <td>{index === 0 ? entry : ''}</td>
      <td>{field}</td>
      <td>{wanted}</td>
      <td>{found}</td>
    </tr>
  ))
}
