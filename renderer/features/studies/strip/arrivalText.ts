import type { StudyArrivals } from '#shared/contract/studies.ts'

type Image = StudyArrivals['images'][number]

export const arrivalWord: Record<Image['kind'], string> = {
  receive: 'Received from',
  retrieve: 'Retrieved from',
  import: 'Imported',
  demo: 'Made here',
  unknown: 'Found on the disk',
}

export function fromText(callingAETitle: string, address: string): string {
  return [callingAETitle, address].filter(Boolean).join(' at ')
}

/** Each sender with what it sent, the last one first. */
export function sourcesOf(images: readonly Image[]) {
  const groups = Map.groupBy(images, ({ kind, callingAETitle, address }) => `${kind}\n${callingAETitle}\n${address}`)
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group
      const lastAt = Math.max(...group.map(({ receivedAt }) => receivedAt))
      if (!first) return []
      const { kind, callingAETitle: from, address } = first
      return [{ word: arrivalWord[kind], from, address, images: group.length, lastAt }]
    })
    .toSorted((a, b) => b.lastAt - a.lastAt)
}
