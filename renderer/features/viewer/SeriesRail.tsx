import type { StudyRow } from '#shared/contract/studies.ts'
import { formatDate } from '#shared/dicom/dateTime.ts'
import { doubtAmong, onePerPatient } from '../../viewer/patientsShown.ts'
import { EarlierStudies } from './EarlierStudies.tsx'
import { patientName } from './overlayText.ts'
import css from './SeriesRail.module.css'
import { StudySeries } from './StudySeries.tsx'

/** The series of every open study; click or drag one into a tile. */
export function SeriesRail({ studies }: { studies: readonly StudyRow[] }) {
  const patients = onePerPatient(studies)
  const newest = [...studies].sort((a, b) => (`${a.studyDate}${a.studyTime}` < `${b.studyDate}${b.studyTime}` ? 1 : -1))
  const [first] = newest
  return (
    <nav className={css.rail} aria-label="Series" data-region="">
      {studies.map((study) => (
        <section key={study.studyId} aria-label={`${patientName(study)}, ${formatDate(study.studyDate)}`}>
          <h2 className={css.study}>
            {patients.length > 1 && <b>{patientName(study)}</b>}
            {formatDate(study.studyDate) || 'No date'}
          </h2>
          <StudySeries study={study} />
        </section>
      ))}
      {first && (patients.length === 1 || doubtAmong(studies) !== '') && (
        <EarlierStudies study={first} open={studies.map(({ studyId }) => studyId)} />
      )}
    </nav>
  )
}
