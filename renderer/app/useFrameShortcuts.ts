import { useToast } from '../ui/toast.ts'
import { useNavigation } from './navigation.ts'
import { pageEntries } from './pageEntries.ts'
import { redoOnPage, undoOnPage } from './pageUndo.ts'
import { moveRegion } from './regions.ts'
import { type Shortcut, useShortcuts } from './shortcuts.ts'

/** Keys that work on every page. In a browser Ctrl 1 to 7 may belong to its tabs; Alt 1 to 7 always works. */
export function useFrameShortcuts(): void {
  const { go } = useNavigation()
  const pages = pageEntries.flatMap(({ page, label, key }): Shortcut[] => [
    { keys: key, label, run: () => go(page) },
    { keys: key.replace('Alt', 'Ctrl'), run: () => go(page) },
  ])
  useShortcuts('Everywhere', [
    ...pages,
    { keys: 'Ctrl ,', run: () => go('settings') },
    { keys: 'F6', label: 'Next region', run: () => moveRegion(1) },
    { keys: 'Shift F6', label: 'Previous region', run: () => moveRegion(-1) },
    { keys: 'Ctrl Z', label: 'Undo', run: undoLast },
    { keys: 'Ctrl Shift Z', label: 'Redo', run: () => void redoOnPage() },
    { keys: 'Ctrl Y', run: () => void redoOnPage() },
  ])
}

function undoLast(): void {
  if (undoOnPage()) return
  const { current, dismiss } = useToast.getState()
  if (!current?.action?.undo) return
  dismiss(current.id)
  current.action.onAct()
}
