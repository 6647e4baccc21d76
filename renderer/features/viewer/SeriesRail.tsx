import type { StudyRow } from '#shared/contract/studies.ts'
import { formatDate } from '#shared/dicom/dateTime.ts'
import { EarlierStudies } from './EarlierStudies.tsx'
import { patientName } from './overlayText.ts'
import css from './SeriesRail.module.css'
import { StudySeries } from './StudySeries.tsx'

/** The series of every open study; click or drag one into a tile. */
export function SeriesRail({ studies }: { studies: readonly StudyRow[] }) {
  const patients = new Set(studies.map((study) => `${study.patientId}\n${study.patientName}`))
  const newest = [...studies].sort((a, b) => (`${a.studyDate}${a.studyTime}` < `${b.studyDate}${b.studyTime}` ? 1 : -1))
  const [first] = newest
  return (
    <nav className={css.rail} aria-label="Series" data-region="">
      {studies.map((study) => (
        <section key={study.studyId} aria-label={`${patientName(study)}, ${formatDate(study.studyDate)}`}>
          <h2 className={css.study}>
            {patients.size > 1 && <b>{patientName(study)}</b>}
            {formatDate(study.studyDate) || 'No date'}
          </h2>
          <StudySeries study={study} />
        </section>
      ))}
      {first && patients.size === 1 && <EarlierStudies study={first} open={studies.map(({ studyId }) => studyId)} />}
    </nav>
  )
}
