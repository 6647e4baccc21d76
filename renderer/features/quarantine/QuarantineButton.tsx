import { ShieldAlert } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { QuarantineDialog } from './QuarantineDialog.tsx'
import { useQuarantine } from './useQuarantine.ts'

/** `always`: also when nothing stands there. */
export function QuarantineButton({ always = false }: { always?: boolean }) {
  const total = useQuarantine().data?.total ?? 0
  const [isOpen, setOpen] = useState(false)
  if (total === 0 && !always && !isOpen) return null
  return (
    <>
      <Button icon={total > 0 ? ShieldAlert : undefined} onClick={() => setOpen(true)}>
        {total > 0 ? `Quarantine, ${total.toLocaleString('en')}` : 'Quarantine'}
      </Button>
      {isOpen && <QuarantineDialog onClose={() => setOpen(false)} />}
    </>
  )
}
