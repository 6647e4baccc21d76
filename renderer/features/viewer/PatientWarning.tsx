import { TriangleAlert } from 'lucide-react'
import { doubtAmong, isSurely, onePerPatient } from '../../viewer/patientsShown.ts'
import { useWindows } from '../../viewer/windows/windows.ts'
import { patientName } from './overlayText.ts'
import { useShownStudies } from './useShownStudies.ts'
import css from './Warning.module.css'

/**
 * Stands as long as tiles, or windows, show more than one patient, or perhaps do, and cannot be closed.
 */
export function PatientWarning() {
  const studies = useShownStudies()
  const patients = onePerPatient(studies)
  const others = useWindows((windows) => windows.others)
  if (patients.length === 1) {
    const elsewhere = [...others.values()].flatMap(({ number, patients: theirs }) =>
      theirs.filter(({ facts }) => !studies.every((own) => isSurely(own, facts))).map((each) => ({ ...each, number })),
    )
    if (elsewhere.length === 0) return null
    const doubts = elsewhere.map(({ facts }) => doubtAmong([...studies, facts]))
    const isDoubt = doubts.every((doubt) => doubt !== '')
    const names = elsewhere.map(({ name, number }) => `${name} in window ${number}`).join('; ')
    return isDoubt ? (
      <Warning what="Another window shows what may be another patient:">
        {names} ({[...new Set(doubts)].join('; ')})
      </Warning>
    ) : (
      <Warning what="Another window shows another patient:">{names}</Warning>
    )
  }
  if (patients.length < 2) return null
  const lines = patients.map((study) => [patientName(study), study.patientId].filter(Boolean).join(', '))
  const names = lines.join(lines.length === 2 ? ' and ' : '; ')
  const doubt = doubtAmong(studies)
  const count = lines.length === 2 ? 'two' : lines.length
  return doubt === '' ? (
    <Warning what={`${count === 'two' ? 'Two' : count} different patients side by side:`}>{names}</Warning>
  ) : (
    <Warning what={`Perhaps ${count} patients side by side:`}>
      {names} ({doubt})
    </Warning>
  )
}

function Warning({ what, children }: { what: string; children: React.ReactNode }) {
  return (
    <div className={css.warning} role="alert">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
      <b>{what}</b>
      <span>{children}</span>
    </div>
  )
}
