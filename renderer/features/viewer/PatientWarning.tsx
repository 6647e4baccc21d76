import { TriangleAlert } from 'lucide-react'
import { isSamePatient, onePerPatient, patientOf } from '../../viewer/patientOf.ts'
import { useWindows } from '../../viewer/windows/windows.ts'
import { patientName } from './overlayText.ts'
import { useShownStudies } from './useShownStudies.ts'
import css from './Warning.module.css'

/**
 * Stands as long as tiles, or windows, show more than one patient, and cannot be closed.
 */
export function PatientWarning() {
  const patients = onePerPatient(useShownStudies())
  const others = useWindows((windows) => windows.others)
  const [only] = patients
  if (only && patients.length === 1) {
    const own = patientOf(only)
    const elsewhere = [...others.values()].flatMap(({ number, patients: theirs }) =>
      theirs.filter(({ identity }) => !isSamePatient(own, identity)).map(({ name }) => `${name} in window ${number}`),
    )
    return elsewhere.length === 0 ? null : (
      <div className={css.warning} role="alert">
        <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
        <b>Another window shows another patient:</b>
        <span>{elsewhere.join('; ')}</span>
      </div>
    )
  }
  if (patients.length < 2) return null
  const names = patients.map((study) => [patientName(study), study.patientId].filter(Boolean).join(', '))
  return (
    <div className={css.warning} role="alert">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
      <b>{names.length === 2 ? 'Two' : names.length} different patients side by side:</b>
      <span>{names.join(names.length === 2 ? ' and ' : '; ')}</span>
    </div>
  )
}
