import { TriangleAlert } from 'lucide-react'
import type { StudyRow } from '#shared/contract/studies.ts'
import { patientName } from './overlayText.ts'
import { useShownStudies } from './useShownStudies.ts'
import css from './Warning.module.css'

/**
 * Stands as long as tiles show more than one patient, and cannot be closed. Same ID and same name count as one person;
 * anything else as two.
 */
export function PatientWarning() {
  const patients = new Map(useShownStudies().map((study) => [identity(study), study]))
  if (patients.size < 2) return null
  const names = [...patients.values()].map((study) => [patientName(study), study.patientId].filter(Boolean).join(', '))
  return (
    <div className={css.warning} role="alert">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
      <b>{names.length === 2 ? 'Two' : names.length} different patients side by side:</b>
      <span>{names.join(names.length === 2 ? ' and ' : '; ')}</span>
    </div>
  )
}

function identity(study: StudyRow): string {
  return `${study.patientId.trim()}\n${study.patientName.trim()}`
}
