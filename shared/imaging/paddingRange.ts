import type { InstanceImage } from './instanceImage.ts'

/** Stored values that say "no image here" (PS3.3 C.7.5.1.1.2): one, or all from value to limit. */
export function paddingRange(
  image: Pick<InstanceImage, 'pixelPaddingValue' | 'pixelPaddingLimit'>,
): { min: number; max: number } | undefined {
  const { pixelPaddingValue: value, pixelPaddingLimit: limit = value } = image
  return value === null || limit === null ? undefined : { min: Math.min(value, limit), max: Math.max(value, limit) }
}
