import type { StudyRow } from '#shared/contract/studies.ts'
import type { Selection } from '#shared/contract/transfers.ts'

export type Scope = 'study' | 'series' | 'image'

export interface Viewed {
  seriesId: number
  instanceId: number | undefined
}

/** What can be chosen between; where it was chosen before, nothing. */
export function scopesOf(
  seriesIds: readonly number[],
  viewed: Viewed | undefined,
): readonly { value: Scope; label: string }[] {
  if (!viewed || seriesIds.length > 0) return []
  return [
    { value: 'study', label: 'The study' },
    { value: 'series', label: 'This series' },
    ...(viewed.instanceId === undefined ? [] : [{ value: 'image' as const, label: 'This image' }]),
  ]
}

export function selectionOf(
  scope: Scope,
  studies: readonly Pick<StudyRow, 'studyId'>[],
  seriesIds: readonly number[],
  viewed: Viewed | undefined,
): Selection {
  if (seriesIds.length > 0) return { seriesIds: [...seriesIds] }
  if (scope === 'series' && viewed) return { seriesIds: [viewed.seriesId] }
  if (scope === 'image' && viewed?.instanceId !== undefined) return { instanceIds: [viewed.instanceId] }
  return { studyIds: studies.map(({ studyId }) => studyId) }
}
