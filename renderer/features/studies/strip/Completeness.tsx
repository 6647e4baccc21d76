import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { formatCount } from '../../../app/formatAmount.ts'
import { stateSentence } from '../table/stateText.ts'
import { useStudyStates } from '../table/useStudyStates.ts'
import { ArrivalsDialog } from './ArrivalsDialog.tsx'
import css from './Completeness.module.css'

/** Is it all here, who says so, and how did it come? */
export function Completeness({ studyId }: { studyId: number }) {
  const state = useStudyStates([studyId]).get(studyId)
  const [isOpen, setOpen] = useState(false)
  if (!state) return null
  const isPart = state.state === 'partial'
  const late = state.late > 0 ? ` ${formatCount(state.late, 'image')} came after it was opened.` : ''
  const sentence = `${stateSentence(state)}${late}`
  return (
    <>
      <button
        type="button"
        className={css.state}
        data-part={isPart}
        title={`${sentence} Show how each image came here.`}
        aria-label={`${sentence} Show how each image came here.`}
        onClick={() => setOpen(true)}
      >
        {isPart && <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />}
        <span>{sentence}</span>
      </button>
      {isOpen && <ArrivalsDialog studyId={studyId} sentence={sentence} onClose={() => setOpen(false)} />}
    </>
  )
}
