import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { formatCount } from '../../app/formatAmount.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Bars } from '../../ui/Bars.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import css from './QuarantineDialog.module.css'
import { QuarantineRow } from './QuarantineRow.tsx'
import { deleteQuarantined } from './quarantineActions.ts'
import { useQuarantine } from './useQuarantine.ts'

/** R050: objects that are not part of the archive because another one has their SOP Instance UID. */
export function QuarantineDialog({ onClose }: { onClose(): void }) {
  const { data, error } = useQuarantine()
  const [isSure, setSure] = useState(false)
  const openStudies = useNavigation((state) => state.openStudies)
  const rows = data?.rows ?? []
  const hidden = (data?.total ?? 0) - rows.length
  return (
    <Dialog
      title="Quarantine"
      subtitle={data && data.total > 0 ? formatCount(data.total, 'object') : undefined}
      width={1040}
      onClose={onClose}
      footer={
        rows.length > 0 &&
        (isSure ? (
          <>
            <span role="alert">{formatCount(rows.length, 'object')} will be gone for good.</span>
            <span className={css.grow} />
            <Button variant="plain" autoFocus onClick={() => setSure(false)}>
              Keep them
            </Button>
            <Button
              variant="danger"
              onClick={() => {
                setSure(false)
                void deleteQuarantined(rows.map(({ quarantineId }) => quarantineId))
              }}
            >
              Delete for good
            </Button>
          </>
        ) : (
          <>
            <span className={css.note}>
              {hidden > 0 ? `${formatCount(hidden, 'older object')} are not shown. ` : ''}
              What was replaced goes with the trash; what differs stays until you decide.
            </span>
            <span className={css.grow} />
            <Button onClick={() => setSure(true)}>Delete all</Button>
          </>
        ))
      }
    >
      {error ? (
        <p role="alert">{error.message}</p>
      ) : !data ? (
        <Bars rows={3} />
      ) : rows.length === 0 ? (
        <EmptyState icon={ShieldCheck} title="Nothing is in quarantine">
          An image stands here when another one with the same SOP Instance UID is in the archive. Whether it is put
          here, dropped, or takes the place of the other one is set in Settings, Storage.
        </EmptyState>
      ) : (
        <ul className={css.list}>
          {rows.map((row) => (
            <QuarantineRow
              key={row.quarantineId}
              row={row}
              onOpen={(studyId) => {
                onClose()
                openStudies([studyId])
              }}
            />
          ))}
        </ul>
      )}
    </Dialog>
  )
}
