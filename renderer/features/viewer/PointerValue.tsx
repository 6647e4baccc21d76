import { measurementText } from '#shared/imaging/measurementText.ts'
import { measureOn } from '../../viewer/measurements.ts'
import type { Tile } from '../../viewer/tile.ts'
import { uptakeNames, useUptake } from '../../viewer/uptake.ts'
import { usePointed } from './pointedAt.ts'
import { useTileParts } from './useTile.ts'

/** What the pixel under the pointer says, as the probe would: its value with its unit. Colours say nothing in numbers. */
export function PointerValue({ tile }: { tile: Tile }) {
  const point = usePointed((pointed) => (pointed.tile === tile ? pointed.point : undefined))
  // Scrolling brings other pixels under a pointer that rests.
  useTileParts(tile, ({ index, made, status }) => ({ index, made, status }))
  const wanted = useUptake(({ kind }) => uptakeNames[kind].unit)
  const picture = point && tile.current?.image.samples.type !== 'rgb8' ? tile.picture() : undefined
  const measured = picture && point && measureOn(picture, 'probe', [point])
  if (measured?.kind !== 'probe' || measured.values.length === 0) return null
  const { value, details } = measurementText(measured)
  const ways = details.filter((line) => line.startsWith('SUV'))
  const uptake = ways.find((line) => line.startsWith(wanted)) ?? ways[0]
  // Without its place: those figures would change the width of the line with each pixel.
  const others = details.slice(0, -1).filter((line) => !line.startsWith('SUV'))
  return (
    <span data-pointed="">
      {[measured.unit ? value : `Value ${value}`, ...others, ...(uptake ? [uptake] : [])].join(', ')}
    </span>
  )
}
