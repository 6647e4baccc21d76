import { ArrowDownLeft, ArrowUpRight, ChevronDown, ChevronRight } from 'lucide-react'
import type { AssociationRow } from '#shared/contract/associations.ts'
import { formatBytes } from '../../../app/formatAmount.ts'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import { ConnectionDetails } from './ConnectionDetails.tsx'
import css from './Connections.module.css'
import { bytesOf, endWord, lengthText, requestText, startText } from './connectionWords.ts'

interface ConnectionRowProps {
  row: AssociationRow
  isOpen: boolean
  onToggle(): void
}

export function ConnectionRow({ row, isOpen, onToggle }: ConnectionRowProps) {
  const { status, word } = endWord(row)
  const Chevron = isOpen ? ChevronDown : ChevronRight
  const isRefused = row.state === 'refused' || row.state === 'failed'
  const isOut = row.direction === 'out'
  const Direction = isOut ? ArrowUpRight : ArrowDownLeft
  const party = isOut ? row.calledAETitle : row.callingAETitle
  return (
    <>
      <tr className={css.row}>
        <td>
          <button type="button" className={css.toggle} aria-expanded={isOpen} onClick={onToggle}>
            <Chevron size={14} strokeWidth={1.75} aria-hidden="true" />
            {startText(row, Date.now())}
            <span className="visuallyHidden">, {party || row.address}: details</span>
          </button>
        </td>
        <td title={[party, row.address, row.over === 'web' && 'DICOMweb', row.security].filter(Boolean).join(', ')}>
          <Direction
            size={14}
            strokeWidth={1.75}
            className={css.direction}
            aria-label={isOut ? 'We called' : 'Called us'}
          />
          {party && <span className={`mono ${css.strong}`}>{party}</span>}{' '}
          {row.over === 'web' && <span className={css.soft}>DICOMweb </span>}
          <span className={`mono ${css.faint}`}>{row.address}</span>
        </td>
        <td title={row.sentence}>
          <StatusWord status={status}>{word}</StatusWord>
        </td>
        {isRefused ? (
          <td className={css.soft} colSpan={3} title={row.sentence}>
            {row.sentence}
          </td>
        ) : (
          <>
            <td className={css.soft}>{requestText(row) || <span className={css.faint}>-</span>}</td>
            <td className={css.number}>{formatBytes(bytesOf(row))}</td>
            <td className={css.number}>{lengthText(row)}</td>
          </>
        )}
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={6} className={css.details}>
            <ConnectionDetails row={row} />
          </td>
        </tr>
      )}
    </>
  )
}
