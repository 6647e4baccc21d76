import type { ColourMap } from '#shared/imaging/colourMaps.ts'

export const colourMapEntries: readonly { colourMap: ColourMap; label: string }[] = [
  { colourMap: 'grey', label: 'Grey' },
  { colourMap: 'hotIron', label: 'Hot iron' },
  { colourMap: 'hotMetalBlue', label: 'Hot metal blue' },
  { colourMap: 'rainbow', label: 'Rainbow' },
  { colourMap: 'viridis', label: 'Viridis' },
]
