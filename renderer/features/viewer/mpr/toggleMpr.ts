import { Box } from 'lucide-react'
import { showToast } from '../../../ui/toast.ts'
import { startMpr, stopMpr } from '../../../viewer/mpr/mpr.ts'
import { useMpr } from '../../../viewer/mpr/mprState.ts'
import { activeTile } from '../../../viewer/session.ts'

/** The stack of the active tile in three planes, and back; where it is no volume, the reason. */
export function toggleMpr(): void {
  if (useMpr.getState().state !== 'off') {
    stopMpr()
    return
  }
  const refusal = startMpr(activeTile())
  if (refusal) showToast({ icon: Box, tone: 'warn', message: `No planes of this stack. ${refusal}` })
}
