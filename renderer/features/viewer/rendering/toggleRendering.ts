import { Rotate3d } from 'lucide-react'
import { showToast } from '../../../ui/toast.ts'
import { startRendering, stopRendering, useRendering } from '../../../viewer/rendering/rendering.ts'
import { activeTile } from '../../../viewer/session.ts'

/** The stack of the active tile in three dimensions, and back; where it is no volume, the reason. */
export function toggleRendering(): void {
  if (useRendering.getState().position !== undefined) {
    stopRendering()
    return
  }
  const refusal = startRendering(activeTile(), (sentence) =>
    showToast({ icon: Rotate3d, tone: 'warn', message: `The 3D view has ended, the stack is shown. ${sentence}` }),
  )
  if (refusal) showToast({ icon: Rotate3d, tone: 'warn', message: `No 3D view of this stack. ${refusal}` })
}
