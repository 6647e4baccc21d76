import type { StudyRow } from '#shared/contract/studies.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { tiles, useSession } from './session.ts'

/** The studies that visible tiles show, each once. */
export function shownStudies(): StudyRow[] {
  const { layout } = useSession.getState()
  const shown = tiles.slice(0, layout.rows * layout.columns).flatMap((tile) => tile.state.source?.study ?? [])
  return [...new Map(shown.map((study) => [study.studyId, study])).values()]
}

/** Whom this window shows, in words. */
export function shownTitle(): string {
  const names = shownStudies().map(({ patientName }) => formatPersonName(patientName) || 'No name')
  return [...new Set(names)].join(', ').slice(0, 200)
}
