import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import type { MenuItem } from '../../../ui/menuItem.ts'
import { setUptake } from '../../../viewer/mpr/fusion.ts'
import { uptakeKinds, uptakeNames, uptakeOf } from '../../../viewer/uptake.ts'

/** The choice of the uptake, with the reason where one cannot be; nothing for other images than PET. */
export function uptakeItems(image: InstanceImage | undefined): MenuItem[] {
  const suv = image?.suv
  if (!image || !suv) return []
  const now = uptakeOf(image)?.kind
  return [
    'separator',
    { heading: now ? 'Uptake by' : 'No uptake' },
    ...uptakeKinds.map((kind) => ({
      label: uptakeNames[kind].unit,
      note: uptakeNames[kind].label,
      checked: kind === now,
      disabled: suv[kind] === null,
      onSelect: () => setUptake(kind),
    })),
    ...(suv.why ? [{ heading: suv.why }] : []),
  ]
}
