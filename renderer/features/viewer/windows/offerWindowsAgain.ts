import { AppWindow } from 'lucide-react'
import { showToast } from '../../../ui/toast.ts'
import { useWindows, windowsToOpenAgain } from '../../../viewer/windows/windows.ts'
import { openAgain } from './useWindowItems.ts'

/** Windows that are open answer within this. */
const ANSWERS_MS = 500

/** Once, when the first window begins. The desktop program opens its windows by itself. */
export function offerWindowsAgain(): void {
  if (location.protocol === 'app:') return
  setTimeout(() => {
    const [first, ...further] = windowsToOpenAgain()
    if (!first || useWindows.getState().own !== 1) return
    showToast({
      icon: AppWindow,
      message: `Window ${first.number} showed ${first.title || 'a study'} when you left.${
        further.length > 0 ? ` ${further.length} more: see the menu of layouts.` : ''
      }`,
      action: { label: 'Open it again', onAct: () => openAgain(first.number) },
    })
  }, ANSWERS_MS)
}
