import { Trash2 } from 'lucide-react'
import { measurementText } from '#shared/imaging/measurementText.ts'
import { showToast } from '../../ui/toast.ts'
import { deleteMeasurement, restoreMeasurement, useMeasurements } from '../../viewer/measurements.ts'
import { tiles } from '../../viewer/session.ts'
import { everyTool } from './toolEntries.ts'

export function deleteWithUndo(id: string): void {
  const { items } = useMeasurements.getState()
  const position = items.findIndex((each) => each.id === id)
  const item = items[position]
  if (!item) return
  const shown = tiles.flatMap(({ state }) => state.stack).find(({ instanceId }) => instanceId === item.instanceId)
  deleteMeasurement(id, shown?.image)
  const label = everyTool.find(({ tool }) => tool === item.kind)?.label ?? 'measurement'
  const what = [item.name || label.toLowerCase(), measurementText(item.measured).value].filter(Boolean).join(' ')
  showToast({
    icon: Trash2,
    message: `Deleted ${what}`,
    // Ctrl Z steps back in the viewer's own list; this button brings back this one, whatever came after.
    action: { label: 'Undo', onAct: () => restoreMeasurement(item, position, shown?.image) },
  })
}

export function deleteSelected(): void {
  const { selected } = useMeasurements.getState()
  if (selected) deleteWithUndo(selected)
}
