import type { HangingTile } from '#shared/imaging/hangingProtocol.ts'

const sides = { '': '', L: 'left', R: 'right' } as const

/** What stands in a tile, in one line. */
export function tileText(tile: HangingTile | null): string {
  if (!tile) return 'empty'
  const { prior, modality, bodyPart, view, laterality, description, nth, window } = tile
  const which = view === '' && description === '' ? `image or stack ${nth + 1}` : nth > 0 ? `number ${nth + 1}` : ''
  const parts = [
    prior === 0 ? '' : prior === 1 ? 'the one before' : `${prior} before`,
    modality,
    bodyPart,
    sides[laterality],
    view.split(',')[0],
    description && `“${description}”`,
    which,
    window ? `W ${window.width} L ${window.center}` : '',
  ]
  return parts.filter(Boolean).join(', ')
}
