import type { AssociationDetails, AssociationRow } from '#shared/contract/associations.ts'
import { formatNumber } from '../../../app/formatAmount.ts'
import css from './Connections.module.css'
import { timelineOf } from './timelineOf.ts'

/** From the request to the end, one line each (R117). */
export function Timeline({ row, details }: { row: AssociationRow; details: AssociationDetails }) {
  const { lines, untold } = timelineOf(row, details)
  return (
    <details open={lines.length <= 12}>
      <summary>Timeline</summary>
      <ol className={css.steps}>
        {lines.map(({ at, words, kind }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may happen twice, and the list only grows
          <li key={index} data-kind={kind}>
            <span>{at}</span>
            <span>{words}</span>
          </li>
        ))}
        {untold > 0 && (
          <li>
            <span />
            <span>and {formatNumber(untold)} more requests, counted above</span>
          </li>
        )}
      </ol>
    </details>
  )
}
