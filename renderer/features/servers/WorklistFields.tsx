import { AE_TITLE_MAX } from '#shared/dicom/aeTitle.ts'
import { TextField } from '../../ui/TextField.tsx'
import { Fold } from './Fold.tsx'
import type { Problems } from './fieldProblems.ts'
import { type Draft, type FormField, fieldLabels } from './fields.ts'

interface WorklistFieldsProps {
  values: Pick<Draft, 'worklistAETitle' | 'scheduledStationAETitle'>
  problems: Problems
  onChange(change: Partial<Draft>): void
  onLeave(field: FormField): void
}

/** R022, R023. */
export function WorklistFields({ values, problems, onChange, onLeave }: WorklistFieldsProps) {
  const { worklistAETitle, scheduledStationAETitle } = values
  const station = scheduledStationAETitle && `, station ${scheduledStationAETitle}`
  return (
    <Fold title="Worklist" value={worklistAETitle ? `${worklistAETitle}${station}` : 'Not asked'}>
      <TextField
        label={fieldLabels.worklistAETitle}
        mono
        counter={AE_TITLE_MAX}
        value={worklistAETitle}
        onChange={(value) => onChange({ worklistAETitle: value })}
        onBlur={() => onLeave('worklistAETitle')}
        error={problems.worklistAETitle}
        help="Of its worklist; often the same as above. Empty: it is not asked for one."
      />
      <TextField
        label={fieldLabels.scheduledStationAETitle}
        mono
        counter={AE_TITLE_MAX}
        value={scheduledStationAETitle}
        onChange={(value) => onChange({ scheduledStationAETitle: value })}
        onBlur={() => onLeave('scheduledStationAETitle')}
        error={problems.scheduledStationAETitle}
        help="Only orders for this device. Empty: for every device."
      />
    </Fold>
  )
}
