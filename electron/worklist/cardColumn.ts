import type { OrderState } from '#shared/contract/order.ts'
import type { BoardColumn } from '#shared/contract/worklist.ts'

export interface CardFacts {
  state: OrderState
  isEndedByPerson: boolean
  images: number
  /** Of which the device said that it made them and that are not here. */
  missingImages: number
  /** Here, and not among those that the device said that it made; 0 where it named none. */
  besides: { byPatientId: number; others: number }
  /** When the device said that it had ended; null where it did not. */
  endedAt: number | null
  discontinuationReason: string
}

/** Images may be on their way so long after the device has ended its step. */
const PATIENCE_MS = 15 * 60 * 1000
/** Later nobody asks for images that no device named; an index that was made anew may not know whose they were. */
const LOOKED_FOR_MS = 2 * 24 * 60 * 60 * 1000

/** Where a request stands. It is done only when all that the device made is here, or when a person says so. */
export function cardColumn(facts: CardFacts, now: number): { column: BoardColumn; attention: string } {
  const { state, isEndedByPerson, images, missingImages, endedAt } = facts
  const calm = (column: BoardColumn) => ({ column, attention: '' })
  if (state === 'in-progress') return calm('in-progress')
  if (state === 'scheduled' || state === 'cancelled') return calm(images > 0 ? 'images-here' : 'scheduled')
  if (isEndedByPerson) return calm('done')
  if (state === 'discontinued') {
    const why = facts.discontinuationReason === '' ? '' : ` It says: ${facts.discontinuationReason}.`
    return {
      column: 'attention',
      attention: `The device stopped before it was done.${why} Plan it again, or close it.`,
    }
  }
  if (missingImages > 0) {
    if (endedAt === null || now - endedAt < PATIENCE_MS) return calm(images > 0 ? 'images-here' : 'in-progress')
    const sentence = `${missingImages} ${missingImages === 1 ? 'image' : 'images'} that the device made ${missingImages === 1 ? 'is' : 'are'} not here. Send them again from the device.`
    return { column: 'attention', attention: sentence }
  }
  // Many devices do not name the images that they made: then only those that came tell of them.
  if (images === 0 && endedAt !== null && now - endedAt < LOOKED_FOR_MS) {
    if (now - endedAt < PATIENCE_MS) return calm('in-progress')
    const sentence = 'The device has ended, and no image of it is here. Send them from the device, or mark it as done.'
    return { column: 'attention', attention: sentence }
  }
  const { byPatientId, others } = facts.besides
  const those = (count: number) => `${count} of these ${images} images ${count === 1 ? 'is' : 'are'}`
  if (byPatientId > 0)
    return {
      column: 'attention',
      attention: `${those(byPatientId)} here by the patient ID alone, and the device did not name ${byPatientId === 1 ? 'it' : 'them'}. Keep ${byPatientId === 1 ? 'it' : 'them'} with this request, or take ${byPatientId === 1 ? 'it' : 'them'} off.`,
    }
  if (others > 0)
    return {
      column: 'done',
      attention: `${those(others)} not among those that the device named. Look whether ${others === 1 ? 'it belongs' : 'they belong'} here.`,
    }
  return calm('done')
}
