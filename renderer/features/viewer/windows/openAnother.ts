import { showFailure } from '../../../app/showFailure.ts'
import { openWindow, type WindowContent } from '../../../viewer/windows/openWindow.ts'

export function openAnother(content: WindowContent): void {
  const refusal = openWindow(content)
  if (refusal) showFailure(new Error(refusal))
}
