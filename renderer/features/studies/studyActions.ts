import { Trash2, Undo2 } from 'lucide-react'
import type { StudyRow } from '#shared/contract/studies.ts'
import { client } from '../../api/client.ts'
import { queryClient } from '../../api/queryClient.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { useNavigation } from '../../app/navigation.ts'
import { showFailure } from '../../app/showFailure.ts'
import { showToast } from '../../ui/toast.ts'
import { openStudiesInWindow } from '../../viewer/windows/showWindow.ts'
import { nameText } from './table/studyColumns.tsx'

export function openInViewer(studies: readonly StudyRow[], seriesId?: number): void {
  if (studies.length === 0) return
  useNavigation.getState().openStudies(
    studies.map((study) => study.studyId),
    seriesId,
  )
  for (const study of studies) {
    if (study.openedAt === null) client.studies.markOpened({ studyId: study.studyId }).catch(() => {})
  }
}

/** The viewer is fetched while the page is idle: it knows which windows there are. */
export function openElsewhere(studies: readonly StudyRow[]): void {
  if (studies.length === 0) return
  const title = [...new Set(studies.map(nameText))].join(', ').slice(0, 200)
  const refusal = openStudiesInWindow({ title, studyIds: studies.slice(0, 64).map(({ studyId }) => studyId) })
  if (refusal) showFailure(new Error(refusal))
}

/** Undo rather than ask: what is deleted lies in the trash. */
export async function deleteStudies(studies: readonly StudyRow[], trashDays: number | undefined): Promise<void> {
  const studyIds = studies.map((study) => study.studyId)
  try {
    const { instances } = await client.studies.trash({ studyIds })
    refresh()
    const [only] = studies
    const what =
      studies.length === 1 && only ? `the study of ${nameText(only)}` : formatCount(studies.length, 'study', 'studies')
    const kept = trashDays === undefined ? '' : ` The trash keeps ${instances === 1 ? 'it' : 'them'} ${trashDays} days.`
    showToast({
      message: `Deleted ${what}, ${formatCount(instances, 'image')}.${kept}`,
      icon: Trash2,
      action: { label: 'Undo', undo: true, onAct: () => void restoreStudies(studyIds) },
    })
  } catch (error) {
    showFailure(error)
  }
}

export async function restoreStudies(studyIds: number[]): Promise<void> {
  try {
    const { studies } = await client.studies.restore({ studyIds })
    refresh()
    showToast({ message: `Restored ${formatCount(studies, 'study', 'studies')}.`, icon: Undo2 })
  } catch (error) {
    showFailure(error)
  }
}

function refresh(): void {
  void queryClient.invalidateQueries({ queryKey: ['studies'] })
}
