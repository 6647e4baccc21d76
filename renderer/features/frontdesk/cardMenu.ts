import { Ban, Check, CircleX, Images, Link, Megaphone, Pencil, Play, RotateCcw, Unlink } from 'lucide-react'
import type { Card } from '#shared/contract/worklist.ts'
import type { MenuItem } from '../../ui/menuItem.ts'
import {
  cancelOrder,
  completeOrder,
  discontinueOrder,
  keepImages,
  reopenOrder,
  startOrder,
  takeImagesOff,
  tellAgain,
} from './deskActions.ts'

/** What can be done with a request where it stands now. */
export function cardMenu(card: Card, { onEdit, onOpen }: { onEdit: () => void; onOpen: () => void }): MenuItem[] {
  const { order, studyIds } = card
  const isOpen = order.state === 'scheduled' || order.state === 'in-progress'
  const needsLook = card.column === 'attention' || card.attention !== ''
  const { images } = card.byPatientId
  return [
    { label: 'Open images', icon: Images, note: 'Enter', disabled: studyIds.length === 0, onSelect: onOpen },
    { label: 'Edit request', icon: Pencil, note: 'E', onSelect: onEdit },
    ...(images === 0
      ? []
      : [
          { label: 'Keep the images found by patient ID', icon: Link, onSelect: () => void keepImages(card) },
          { label: 'Take them off this request', icon: Unlink, onSelect: () => void takeImagesOff(card) },
        ]),
    'separator',
    ...(order.state === 'scheduled' ? [{ label: 'Start', icon: Play, onSelect: () => void startOrder(order) }] : []),
    ...(isOpen || needsLook ? [{ label: 'Mark as done', icon: Check, onSelect: () => void completeOrder(order) }] : []),
    ...(order.state === 'in-progress'
      ? [{ label: 'Discontinue', icon: CircleX, onSelect: () => void discontinueOrder(order) }]
      : []),
    ...(card.reportNote === ''
      ? []
      : [{ label: `Tell ${order.source.name} again`, icon: Megaphone, onSelect: () => void tellAgain(order) }]),
    ...(isOpen ? [] : [{ label: 'Plan again', icon: RotateCcw, onSelect: () => void reopenOrder(order) }]),
    ...(order.state === 'scheduled'
      ? [{ label: 'Cancel request', icon: Ban, note: 'Del', danger: true, onSelect: () => void cancelOrder(order) }]
      : []),
  ]
}
