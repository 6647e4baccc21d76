import type { UnmatchedStep, UnmatchedStudy } from '#shared/contract/worklist.ts'
import { formatTime } from '#shared/dicom/dateTime.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../ui/Button.tsx'
import css from './BoardCard.module.css'
import { clock } from './cardText.ts'
import { attachStudy, leaveStep, leaveStudy } from './deskActions.ts'

/** Images that fit no request for certain: a person says whose they are. */
export function UnmatchedCard({ study }: { study: UnmatchedStudy }) {
  const openStudies = useNavigation((state) => state.openStudies)
  const { proposal } = study
  const images = formatCount(study.images, 'image')
  const title = study.patientId === '' ? `${images} without patient ID` : `${images} of ${study.patientId}`
  const only = study.patientId === '' ? 'only ' : ''
  const says = study.patientName === '' ? 'without a name' : `says ${only}“${formatPersonName(study.patientName)}”`
  return (
    <li className={css.card} data-column="attention">
      <div className={css.plain}>
        <span className={css.line}>
          <strong className={css.name}>{title}</strong>
          <span className={css.time}>{clock(study.receivedAt)}</span>
        </span>
        <span className={css.who}>{study.callingAETitle === '' ? says : `From ${study.callingAETitle}, ${says}`}</span>
        {study.description !== '' && <span className={css.what}>{study.description}</span>}
        <span className={css.device}>{study.modalities}</span>
        {proposal && (
          <div className={css.proposal}>
            <span className={css.who}>Probably this request</span>
            <strong className={css.name}>
              {[
                formatPersonName(proposal.order.patient.patientName),
                proposal.order.request.procedure,
                formatTime(proposal.order.request.time),
              ]
                .filter((part) => part !== '')
                .join(', ')}
            </strong>
            <span className={css.who}>{proposal.reasons.join('. ')}.</span>
          </div>
        )}
        <div className={css.actions}>
          {proposal && (
            <Button
              size="small"
              aria-label={`Attach to ${formatPersonName(proposal.order.patient.patientName)}`}
              onClick={() => void attachStudy(proposal.order, study.studyId)}
            >
              Attach
            </Button>
          )}
          <Button size="small" variant="plain" onClick={() => openStudies([study.studyId])}>
            Look
          </Button>
          <Button size="small" variant="plain" onClick={() => void leaveStudy(study.studyId)}>
            No request
          </Button>
        </div>
      </div>
    </li>
  )
}

/** A device began what nobody asked for, or asked for of somebody else. */
export function UnmatchedStepCard({ step }: { step: UnmatchedStep }) {
  const name = step.patientName === '' ? 'a patient without name' : formatPersonName(step.patientName)
  return (
    <li className={css.card} data-column="attention">
      <div className={css.plain}>
        <span className={css.line}>
          <strong className={css.name}>{name}</strong>
          <span className={css.time}>{clock(step.startedAt)}</span>
        </span>
        <span className={css.who}>{step.patientId === '' ? 'Without patient ID' : `Patient ID ${step.patientId}`}</span>
        {step.description !== '' && <span className={css.what}>{step.description}</span>}
        <p className={css.note}>
          {step.callingAETitle} says it {stateWords[step.state] ?? 'began'} this, and no request fits. Look at the
          patient chosen on the device.
        </p>
        <div className={css.actions}>
          <Button size="small" variant="plain" onClick={() => void leaveStep(step.sopInstanceUID)}>
            Seen
          </Button>
        </div>
      </div>
    </li>
  )
}

const stateWords: Readonly<Record<string, string>> = {
  'IN PROGRESS': 'began',
  COMPLETED: 'did',
  DISCONTINUED: 'began and stopped',
}
