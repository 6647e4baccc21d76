import { Dialog } from '../../../ui/Dialog.tsx'
import { HangingList } from './HangingList.tsx'

export function HangingDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog title="Hanging protocols" onClose={onClose} width={640}>
      <HangingList />
    </Dialog>
  )
}
