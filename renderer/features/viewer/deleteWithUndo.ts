import { Trash2 } from 'lucide-react'
import { measurementText } from '#shared/imaging/measurementText.ts'
import { showToast } from '../../ui/toast.ts'
import { deleteMeasurement, restoreMeasurement, useMeasurements } from '../../viewer/measurements.ts'

export function deleteWithUndo(id: string): void {
  const { items } = useMeasurements.getState()
  const position = items.findIndex((item) => item.id === id)
  const item = items[position]
  if (!item) return
  deleteMeasurement(id)
  showToast({
    icon: Trash2,
    message: `Deleted ${item.kind} ${measurementText(item.measured).value}`,
    action: { label: 'Undo', undo: true, onAct: () => restoreMeasurement(item, position) },
  })
}

export function deleteSelected(): void {
  const { selected } = useMeasurements.getState()
  if (selected) deleteWithUndo(selected)
}
