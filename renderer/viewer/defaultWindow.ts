import { frameOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { paddingRange } from '#shared/imaging/paddingRange.ts'
import type { WindowShape } from '#shared/imaging/windowLut.ts'
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

/** How grey rises within a window of this image; windows that a person makes keep it. */
export function windowShape(image: InstanceImage, frame: number): WindowShape {
  if (image.voiFunction === 'SIGMOID') return 'sigmoid'
  return isContinuous(image, frame) ? 'linear-exact' : 'linear'
}

/** The host shifts narrow windows over fractional values to the terms of LINEAR (half a value up, one wider). */
const SHIFTED_WIDTH = 17

/** Windows of the file. Over fractional values they are meant as LINEAR_EXACT, whose numbers people know. */
export function fileWindows(image: InstanceImage, frame: number): (Window & { explanation: string })[] {
  const continuous = isContinuous(image, frame)
  return frameOf(image, frame)
    .windows.filter(({ width }) => width > 0)
    .map(({ center, width, explanation }) =>
      continuous && image.voiFunction === undefined && width > 1 && width <= SHIFTED_WIDTH
        ? { center: center - 0.5, width: width - 1, explanation }
        : { center, width, explanation },
    )
}

/** The window that an image is opened with: the first of its file, else what holds all its values. */
export function defaultWindow(image: InstanceImage, frame: number, samples: SampleArray): Window {
  if (image.samples.type === 'rgb8') return { center: 128, width: 256 }
  const { slope, intercept } = frameOf(image, frame)
  const [first] = fileWindows(image, frame)
  if (first) return { center: first.center, width: first.width }
  if (image.voiLut) {
    const { firstInput, values } = image.voiLut
    return { center: firstInput + values.length / 2, width: values.length }
  }
  const stored = sampleRange(samples, paddingRange(image))
  const [low, high] = [stored.min * slope + intercept, stored.max * slope + intercept].sort((a, b) => a - b)
  const min = low ?? 0
  const max = high ?? 0
  if (isContinuous(image, frame)) return { center: (min + max) / 2, width: max > min ? max - min : 1 }
  return { center: (min + max + 1) / 2, width: max - min + 1 }
}
