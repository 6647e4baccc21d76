import type { ReactNode } from 'react'
import type { ListProblem } from '#shared/contract/servers.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import css from './ProblemsDialog.module.css'

interface ProblemsDialogProps {
  title: string
  problems: readonly ListProblem[]
  onClose(): void
  /** Stands above. */
  children?: ReactNode
}

/** What in a file is not right, where and why; the rest of it works. */
export function ProblemsDialog({ title, problems, onClose, children }: ProblemsDialogProps) {
  return (
    <Dialog
      title={title}
      width={560}
      onClose={onClose}
      footer={
        <Button variant="primary" autoFocus onClick={onClose}>
          Done
        </Button>
      }
    >
      {children}
      {problems.length > 0 && (
        <ul className={css.problems} aria-label="Problems">
          {problems.map(({ where, reason }) => (
            <li key={`${where} ${reason}`} className={css.problem}>
              <span className={css.where}>{where}</span>
              <span>{reason}</span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
