import type { StudyArrivals } from '#shared/contract/studies.ts'

type Image = StudyArrivals['images'][number]

export const arrivalWord: Record<Image['kind'], string> = {
  receive: 'Received',
  retrieve: 'Retrieved',
  import: 'Imported',
  demo: 'Made here',
  unknown: 'Found on the disk',
}

/** Each sender with what it sent, the last one first. */
export function sourcesOf(images: readonly Image[]) {
  const groups = Map.groupBy(images, ({ kind, callingAETitle, address }) => `${kind}\n${callingAETitle}\n${address}`)
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group
      const lastAt = Math.max(...group.map(({ receivedAt }) => receivedAt))
      if (!first) return []
      const whom = [first.callingAETitle, first.address].filter(Boolean).join(' at ')
      const word = arrivalWord[first.kind]
      return [{ word: whom === '' ? word : `${word} from`, whom, images: group.length, lastAt }]
    })
    .toSorted((a, b) => b.lastAt - a.lastAt)
}
