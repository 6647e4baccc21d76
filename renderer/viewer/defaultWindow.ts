import { frameOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { type SampleArray, sampleRange } from './samples.ts'

export interface Window {
  center: number
  width: number
}

/** Whether values fall between whole numbers, where a window narrower than 1 makes sense. */
export function isContinuous(image: InstanceImage, frame: number): boolean {
  const { slope, intercept } = frameOf(image, frame)
  return image.samples.type.startsWith('float') || !Number.isInteger(slope) || !Number.isInteger(intercept)
}

/** The window that an image is opened with: the first of its file, else what holds all its values. */
export function defaultWindow(image: InstanceImage, frame: number, samples: SampleArray): Window {
  if (image.samples.type === 'rgb8') return { center: 128, width: 256 }
  const { windows, slope, intercept } = frameOf(image, frame)
  const [first] = windows
  if (first && first.width > 0) return { center: first.center, width: first.width }
  if (image.voiLut) {
    const { firstInput, values } = image.voiLut
    return { center: firstInput + values.length / 2, width: values.length }
  }
  const stored = sampleRange(samples, image.pixelPaddingValue)
  const [low, high] = [stored.min * slope + intercept, stored.max * slope + intercept].sort((a, b) => a - b)
  const min = low ?? 0
  const max = high ?? 0
  if (isContinuous(image, frame)) return { center: (min + max) / 2, width: max > min ? max - min : 1 }
  return { center: (min + max + 1) / 2, width: max - min + 1 }
}
