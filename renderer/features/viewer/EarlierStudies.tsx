import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { StudyRow } from '#shared/contract/studies.ts'
import { formatDate } from '#shared/dicom/dateTime.ts'
import { patientDoubt } from '#shared/dicom/patientDoubt.ts'
import { comparePatients } from '#shared/dicom/samePatient.ts'
import { callQuery } from '../../api/useQueryOperation.ts'
import { earlierKey } from '../../viewer/fetchStudies.ts'
import { useSession } from '../../viewer/session.ts'
import { patientName } from './overlayText.ts'
import css from './SeriesRail.module.css'
import { StudySeries } from './StudySeries.tsx'

/** Earlier studies of the same patient, surely or perhaps: folded, those that are hung beside unfolded. */
export function EarlierStudies({ study, open }: { study: StudyRow; open: readonly number[] }) {
  const { studyId } = study
  const { data } = useQuery({
    queryKey: earlierKey(studyId),
    queryFn: () => callQuery('viewer', 'earlier', { studyId }),
  })
  const others = (data ?? []).filter(({ studyId }) => !open.includes(studyId))
  if (others.length === 0) return null
  return (
    <section aria-label="Earlier studies">
      <h2 className={css.earlier}>Earlier</h2>
      {others.map((each) => (
        <Earlier key={each.studyId} study={each} doubt={patientDoubt(comparePatients(study, each))} />
      ))}
    </section>
  )
}

/** Where it is not sure that it shows the same patient, its name and why stand with it. */
function Earlier({ study, doubt }: { study: StudyRow; doubt: string }) {
  const hung = useSession((state) => state.studyIds.includes(study.studyId))
  const [chosen, setChosen] = useState<boolean>()
  const unfolded = chosen ?? hung
  const Icon = unfolded ? ChevronDown : ChevronRight
  const facts = [study.modalities.join(' '), study.instances].filter(Boolean).join(', ')
  const perhaps = doubt && `Perhaps another patient: ${patientName(study)} (${doubt})`
  return (
    <>
      <button
        type="button"
        className={css.fold}
        aria-expanded={unfolded}
        title={[formatDate(study.studyDate), study.description, perhaps].filter(Boolean).join(', ')}
        onClick={() => setChosen(!unfolded)}
      >
        <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
        <span>
          {formatDate(study.studyDate) || 'No date'}
          <small>{facts}</small>
          {perhaps && <small className={css.doubt}>{perhaps}</small>}
        </span>
      </button>
      {unfolded && <StudySeries study={study} />}
    </>
  )
}
