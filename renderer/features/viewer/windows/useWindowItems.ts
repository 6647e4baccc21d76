import { forgetWindowEntry } from '../../../app/ownWindow.ts'
import { showFailure } from '../../../app/showFailure.ts'
import type { MenuItem } from '../../../ui/menuItem.ts'
import { useMpr } from '../../../viewer/mpr/mprState.ts'
import { showWindow } from '../../../viewer/windows/showWindow.ts'
import { useWindows, windowsToOpenAgain } from '../../../viewer/windows/windows.ts'
import { openAnother } from './openAnother.ts'

/** What the menu of layouts says of windows: those that are open, those that were, and how to open one. */
export function useWindowItems(): MenuItem[] {
  const { own, others } = useWindows()
  // Planes of a volume are made by their own window.
  const isOff = useMpr(({ state }) => state === 'off')
  const open = [...others.values()].sort((a, b) => a.number - b.number)
  return [
    { heading: own === 1 && open.length === 0 ? 'Windows' : `This is window ${own}` },
    ...open.map(({ number, title }) => ({ heading: `Window ${number}: ${title || 'no study'}` })),
    {
      ...{ label: 'This series in another window', note: 'Shift W', disabled: !isOff },
      onSelect: () => openAnother('series'),
    },
    { label: 'This study in another window', onSelect: () => openAnother('study') },
    { label: 'This layout in another window', disabled: !isOff, onSelect: () => openAnother('layout') },
    ...windowsToOpenAgain().flatMap(({ number, title }) => [
      { label: `Open window ${number} again`, note: title, onSelect: () => openAgain(number) },
      { label: `Forget window ${number}`, note: title, onSelect: () => forgetWindowEntry(number) },
    ]),
  ]
}

export function openAgain(number: number): void {
  const refusal = showWindow(number)
  if (refusal) showFailure(new Error(refusal))
}
