import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { StudyRow } from '#shared/contract/studies.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import type { Transfer } from './transfer.ts'

/** Of a retrieve whose patient is known when the first image is here. */
export const UNNAMED = 'New study'

/** Who is moved: the one patient's name, or how many there are. */
export function titleOf(studies: readonly Pick<StudyRow, 'patientName' | 'patientId'>[]): string {
  const [first] = studies
  if (!first) return ''
  if (studies.length === 1) return patientTitle(first)
  const patients = new Set(studies.map((study) => `${study.patientId}\n${study.patientName}`))
  const others = patients.size - 1
  if (others === 0) return `${patientTitle(first)}, ${studies.length} studies`
  return `${patientTitle(first)} and ${others} ${others === 1 ? 'other' : 'others'}, ${studies.length} studies`
}

export function patientTitle({ patientName, patientId }: { patientName: string; patientId?: string }): string {
  return formatPersonName(patientName) || patientId || '(no name)'
}

export async function titleOfStudies(
  reader: Pick<Remote<ArchiveReaderApi>, 'getStudies'>,
  studyIds: number[],
): Promise<string> {
  return titleOf(await reader.getStudies(studyIds))
}

export async function nameUnnamed(
  reader: Pick<Remote<ArchiveReaderApi>, 'getStudies'>,
  transfer: Pick<Transfer, 'row' | 'set'>,
): Promise<void> {
  const { title, studyIds } = transfer.row()
  if (title !== UNNAMED || studyIds.length === 0) return
  transfer.set({ title: await titleOfStudies(reader, studyIds).catch(() => title) })
}
