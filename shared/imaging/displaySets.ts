import type { InstanceImage } from './instanceImage.ts'

export interface SeriesImage {
  instanceId: number
  image: InstanceImage
}

/** Images of a series that are read as one stack. */
export interface DisplaySet {
  key: string
  seriesId: number
  images: SeriesImage[]
  /** A clip plays on its own; its frames are not mixed with those of others. */
  clip: boolean
}

/** One picture of a stack. `frame` counts from 0 within its instance. */
export interface StackFrame extends SeriesImage {
  frame: number
}

/** Multi-frame instances are each their own stack; all single frames of the series form one, in the archive's order. */
export function displaySets(seriesId: number, images: readonly SeriesImage[]): DisplaySet[] {
  const sets: DisplaySet[] = []
  let single: DisplaySet | undefined
  for (const entry of images) {
    if (entry.image.frames > 1) {
      sets.push({
        key: `${seriesId}/${entry.instanceId}`,
        seriesId,
        images: [entry],
        clip: entry.image.frameTimeMs !== null || entry.image.frameTimeVectorMs !== null,
      })
    } else if (single) {
      single.images.push(entry)
    } else {
      single = { key: `${seriesId}`, seriesId, images: [entry], clip: false }
      sets.push(single)
    }
  }
  return sets
}

export function stackFrames(set: DisplaySet): StackFrame[] {
  return set.images.flatMap(({ instanceId, image }) =>
    Array.from({ length: Math.max(1, image.frames) }, (_, frame) => ({ instanceId, image, frame })),
  )
}
