import { Blend } from 'lucide-react'
import { showFailure } from '../../../app/showFailure.ts'
import { showToast } from '../../../ui/toast.ts'
import { fuse, setFusion, stopFusion } from '../../../viewer/mpr/fusion.ts'
import { useFusion } from '../../../viewer/mpr/fusionState.ts'
import { activeTile } from '../../../viewer/session.ts'

/** The PET of the study over its CT, and off again; where it cannot be, the reason. */
export function toggleFusion(): void {
  if (useFusion.getState().state !== 'off') {
    stopFusion()
    return
  }
  void fuse(activeTile()).then((refusal) => {
    if (refusal) showToast({ icon: Blend, tone: 'warn', message: `No PET over CT. ${refusal}` })
  }, showFailure)
}

const STEP = 0.1

export function strengthen(steps: number): void {
  const { state, opacity } = useFusion.getState()
  if (state === 'off') return
  setFusion({ opacity: Math.min(1, Math.max(0, Math.round((opacity + steps * STEP) * 100) / 100)) })
}
