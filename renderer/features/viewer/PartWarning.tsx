import { TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import { useTransfers } from '../../api/workstation.ts'
import { missingParts } from '../studies/table/studyStatus.ts'
import { patientName } from './overlayText.ts'
import { useShownStudies } from './useShownStudies.ts'
import css from './Warning.module.css'

/** Stands while a study is shown of which only a part came: nobody must read a part for the whole. */
export function PartWarning() {
  const transfers = useTransfers()
  const missing = useMemo(() => missingParts(transfers ?? []), [transfers])
  const parts = useShownStudies().flatMap((study) => {
    const text = missing.get(study.studyId)
    return text === undefined ? [] : [`${patientName(study)}: ${text}`]
  })
  if (parts.length === 0) return null
  return (
    <div className={css.warning} role="alert">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
      <b>Only a part of this study is here.</b>
      <span>{parts.join('; ')}. Transfers can ask for the rest.</span>
    </div>
  )
}
