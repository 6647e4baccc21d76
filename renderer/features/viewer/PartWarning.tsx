import { TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import { useTransfers } from '../../api/workstation.ts'
import { missingParts } from '../studies/table/studyStatus.ts'
import { useFreshStates, useStudyStates } from '../studies/table/useStudyStates.ts'
import { patientName } from './overlayText.ts'
import { useShownStudies } from './useShownStudies.ts'
import css from './Warning.module.css'

/** Stands while a study is shown of which only a part came: nobody must read a part for the whole. */
export function PartWarning() {
  const transfers = useTransfers()
  const shown = useShownStudies()
  const states = useStudyStates(shown.map(({ studyId }) => studyId))
  useFreshStates()
  const missing = useMemo(() => missingParts(transfers ?? [], states), [transfers, states])
  const parts = shown.flatMap((study) => {
    const text = missing.get(study.studyId)
    return text === undefined ? [] : [`${patientName(study)}: ${text}`]
  })
  if (parts.length === 0) return null
  return (
    <div className={css.warning} role="alert">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
      <b>Only a part of this study is here.</b>
      <span>{parts.join('; ')}. Transfers, or a search at the server, can ask for the rest.</span>
    </div>
  )
}
