import { Inbox } from 'lucide-react'
import type { InputRow } from '#shared/contract/worklist.ts'
import { dateOf, formatDate } from '#shared/dicom/dateTime.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Bars } from '../../ui/Bars.tsx'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/classNames.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import table from '../../ui/PlainTable.module.css'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { clock } from './cardText.ts'
import css from './InputsDialog.module.css'

const words = {
  created: { status: 'received', word: 'Request made' },
  updated: { status: 'received', word: 'Changed' },
  cancelled: { status: 'cancelled', word: 'Cancelled' },
  refused: { status: 'refused', word: 'Refused' },
  ignored: { status: 'none', word: 'Nothing to do' },
} as const

const kinds = { hl7: 'HL7', file: 'File', rest: 'REST' } as const

const NEWS_MS = 2000

/** What practice management sent, and what became of it. */
export function InputsDialog({ onClose }: { onClose: () => void }) {
  const { data } = useQueryOperation('worklist', 'inputs', { limit: 200 }, { everyMs: NEWS_MS })
  const go = useNavigation((state) => state.go)
  const ways = data ? [data.hl7, data.folder, data.rest].filter(Boolean) : []
  return (
    <Dialog title="From practice management" width={860} onClose={onClose}>
      {ways.map((sentence) => (
        <p key={sentence} className={css.way}>
          {sentence}
        </p>
      ))}
      {!data ? (
        <Bars />
      ) : data.rows.length === 0 ? (
        <EmptyState
          icon={Inbox}
          title="Nothing came in yet"
          actions={
            <Button
              onClick={() => {
                onClose()
                go('settings')
              }}
            >
              Set up the way in
            </Button>
          }
        >
          Orders by HL7 or REST, and request files of a folder, stand here with what became of them.
        </EmptyState>
      ) : (
        <table className={classNames(table.table, css.inputs)}>
          <thead>
            <tr>
              {['When', 'From', 'Outcome', 'What happened'].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <Row key={row.inputId} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  )
}

function Row({ row }: { row: InputRow }) {
  const { status, word } = words[row.outcome]
  return (
    <tr>
      <td className={table.when}>
        {formatDate(dateOf(new Date(row.receivedAt)))} {clock(row.receivedAt)}
      </td>
      <td className={table.when}>{[kinds[row.kind], row.source].filter(Boolean).join(', ')}</td>
      <td>
        <StatusWord status={status}>{word}</StatusWord>
      </td>
      <td className={css.what}>{row.sentence}</td>
    </tr>
  )
}
