import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'

interface Named {
  studyInstanceUID: string
  patientId: string
  patientName: string
}

/**
 * The name of each study's patient. A server that cannot write a name in its character set answers without it; where the
 * study is here, it is known. Copied UIDs are everyday: only the name of the same Patient ID is this patient's.
 */
export async function namesHere(
  reader: Pick<Remote<ArchiveReaderApi>, 'getStudies'>,
  studies: readonly Named[],
  here: Record<string, { studyId: number }>,
): Promise<string[]> {
  const studyIdOf = ({ studyInstanceUID, patientId, patientName }: Named) =>
    patientName.replace(/[\^=]/g, '') === '' && patientId !== '' && Object.hasOwn(here, studyInstanceUID)
      ? here[studyInstanceUID]?.studyId
      : undefined
  const studyIds = [...new Set(studies.flatMap((study) => studyIdOf(study) ?? []))]
  const rows = studyIds.length === 0 ? [] : await reader.getStudies(studyIds)
  const byId = new Map(rows.map((row) => [row.studyId, row]))
  return studies.map((study) => {
    const row = byId.get(studyIdOf(study) ?? Number.NaN)
    return row && row.patientId.trim() === study.patientId.trim() ? row.patientName : study.patientName
  })
}
