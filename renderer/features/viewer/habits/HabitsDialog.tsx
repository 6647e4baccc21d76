import { Dialog } from '../../../ui/Dialog.tsx'
import { Habits } from './Habits.tsx'
import { showHabits, useShownHabits } from './shownHabits.ts'

export function HabitsDialog() {
  const shown = useShownHabits((state) => state.shown)
  if (!shown) return null
  return (
    <Dialog title="Keys and mouse of the viewer" onClose={() => showHabits(false)} width={640}>
      <Habits />
    </Dialog>
  )
}
