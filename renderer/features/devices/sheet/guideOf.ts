import type { DeviceGuide } from '#shared/contract/devices.ts'

/** The vendor's, or the one for all others, which stands last. */
export function guideOf(vendor: string, guides: readonly DeviceGuide[]): DeviceGuide | undefined {
  const wanted = vendor.trim().toLowerCase()
  const isMeant = (word: string) => wanted === word || wanted.startsWith(`${word} `) || wanted.endsWith(` ${word}`)
  return guides.find(({ matches }) => matches.some(isMeant)) ?? guides.at(-1)
}
