import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'

/** A server that cannot write a name in its character set answers without it; where the study is here, it is known. */
export async function namesHere(
  reader: Pick<Remote<ArchiveReaderApi>, 'getStudies'>,
  studies: readonly { studyInstanceUID: string; patientName: string }[],
  here: Record<string, { studyId: number }>,
): Promise<Map<number | null, string>> {
  const nameless = studies.filter(({ patientName }) => patientName.replace(/[\^=]/g, '') === '')
  const studyIds = nameless.flatMap(({ studyInstanceUID }) => here[studyInstanceUID]?.studyId ?? [])
  if (studyIds.length === 0) return new Map()
  return new Map((await reader.getStudies(studyIds)).map((row) => [row.studyId, row.patientName]))
}
