import { X } from 'lucide-react'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { valueUnit } from '#shared/imaging/valueUnit.ts'
import { client } from '../../../api/client.ts'
import { readViewerPreferences, useViewerPreferences } from '../../../api/workstation.ts'
import { showFailure } from '../../../app/showFailure.ts'
import type { MenuItem } from '../../../ui/menuItem.ts'
import { showToast } from '../../../ui/toast.ts'

const known = () => readViewerPreferences()?.ownWindows ?? []
const keep = (ownWindows: ReturnType<typeof known>) => void client.viewer.update({ ownWindows }).catch(showFailure)

/** How windows that somebody made for such images are taken away again. */
export function useOwnItems(image: InstanceImage | undefined): MenuItem[] {
  const all = useViewerPreferences()?.ownWindows ?? []
  if (!image) return []
  const unit = valueUnit(image)
  return all
    .filter((each) => each.modality === image.modality && each.unit === unit)
    .map((own) => ({
      label: `Delete ${own.name}`,
      icon: X,
      onSelect: () => {
        const at = known().findIndex(({ name, modality }) => name === own.name && modality === own.modality)
        if (at < 0) return
        keep(known().toSpliced(at, 1))
        const undo = () => keep(known().toSpliced(at, 0, own))
        showToast({
          icon: X,
          message: `Deleted the window ${own.name}`,
          action: { label: 'Undo', undo: true, onAct: undo },
        })
      },
    }))
}
