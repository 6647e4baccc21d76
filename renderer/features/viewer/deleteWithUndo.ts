import { Trash2 } from 'lucide-react'
import { measurementText } from '#shared/imaging/measurementText.ts'
import { showFailure } from '../../app/showFailure.ts'
import { showToast } from '../../ui/toast.ts'
import { imageOf } from '../../viewer/imageOf.ts'
import { deleteMeasurement, restoreMeasurement, useMeasurements } from '../../viewer/measurements.ts'
import { tiles } from '../../viewer/session.ts'
import { entryOf } from './toolEntries.ts'

export async function deleteWithUndo(id: string): Promise<void> {
  const asked = useMeasurements.getState().items.find((each) => each.id === id)
  if (!asked) return
  const shown = tiles
    .flatMap(({ state }) => state.stack)
    .find(({ instanceId, image }) => instanceId === asked.instanceId && !image.reformat)
  // What it scaled may lie on an image that no tile shows.
  const image = asked.kind === 'calibration' ? (shown?.image ?? (await imageOf(asked))) : undefined
  const { items } = useMeasurements.getState()
  const position = items.findIndex((each) => each.id === id)
  const item = items[position]
  if (!item) return
  deleteMeasurement(id, image)
  const label = entryOf(item.kind)?.label ?? 'measurement'
  const what = [item.name || label.toLowerCase(), measurementText(item.measured).value].filter(Boolean).join(' ')
  showToast({
    icon: Trash2,
    message: `Deleted ${what}`,
    // Ctrl Z steps back in the viewer's own list; this button brings back this one, whatever came after.
    action: { label: 'Undo', onAct: () => restoreMeasurement(item, position, image) },
  })
}

export function deleteSelected(): void {
  const { selected } = useMeasurements.getState()
  if (selected) void deleteWithUndo(selected).catch(showFailure)
}
