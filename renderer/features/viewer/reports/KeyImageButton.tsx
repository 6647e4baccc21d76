import { Star } from 'lucide-react'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useMeasurements } from '../../../viewer/measurements.ts'
import { tileAt, useSession } from '../../../viewer/session.ts'
import { useKeyOf } from '../habits/keyOf.ts'
import { useTile } from '../useTile.ts'
import { toggleKeyImage } from './toggleKeyImage.ts'

export function KeyImageButton() {
  const keyOf = useKeyOf()
  const tile = tileAt(useSession((state) => state.active))
  const item = useTile(tile, ({ stack, index }) => stack[index])
  const marked = useMeasurements(({ items }) =>
    items.some(
      ({ kind, instanceId, frame }) => kind === 'keyImage' && instanceId === item?.instanceId && frame === item.frame,
    ),
  )
  return (
    <IconButton
      label="Key image"
      keyHint={keyOf('keyImage', 'M')}
      icon={Star}
      size="large"
      pressed={marked}
      disabled={!item}
      onClick={() => toggleKeyImage(tile)}
    />
  )
}
