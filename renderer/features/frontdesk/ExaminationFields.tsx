import type { RefObject } from 'react'
import type { Procedure } from '#shared/contract/worklist.ts'
import { Combobox } from '../../ui/Combobox.tsx'
import { DayField } from '../../ui/DayField.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { Draft, Problems } from './draft.ts'
import { modalities } from './modalities.ts'
import css from './RequestDialog.module.css'

interface ExaminationFieldsProps {
  /** The first field, to be jumped to. */
  examination: RefObject<HTMLInputElement | null>
  draft: Draft
  problems: Problems
  procedures: readonly Procedure[]
  devices: readonly { aeTitle: string; name: string }[]
  onChange: (patch: Partial<Draft>) => void
}

/** What is examined, where and when. */
export function ExaminationFields({
  examination,
  draft,
  problems,
  procedures,
  devices,
  onChange,
}: ExaminationFieldsProps) {
  const words = draft.procedure.toLowerCase().split(/\s+/).filter(Boolean)
  const isPicked = procedures.some(({ description }) => description === draft.procedure)
  const fitting = procedures.filter(({ description }) =>
    isPicked ? true : words.every((word) => description.toLowerCase().includes(word)),
  )
  const wanted = draft.station.trim().toLowerCase()
  const stations = devices.filter(({ aeTitle, name }) => `${aeTitle} ${name}`.toLowerCase().includes(wanted))
  return (
    <fieldset className={css.group}>
      <legend className={css.legend}>Examination</legend>
      <div className={css.two}>
        <Combobox
          ref={examination}
          label="Examination"
          value={draft.procedure}
          error={problems.procedure}
          placeholder="Thorax, 2 views"
          onChange={(procedure) => onChange({ procedure, procedureCode: null })}
          options={fitting.map((each) => ({
            key: String(each.procedureId),
            label: each.description,
            note: each.modality,
            value: each,
          }))}
          onPick={({ value: { description, code, modality } }) =>
            onChange({ procedure: description, procedureCode: code, modality })
          }
        />
      </div>
      <div className={css.third}>
        <Select
          label="Kind of device"
          value={draft.modality}
          error={problems.modality}
          options={[
            { value: '', label: 'Choose', disabled: true },
            ...modalities,
            ...(draft.modality === '' || modalities.some(({ value }) => value === draft.modality)
              ? []
              : [{ value: draft.modality, label: draft.modality }]),
          ]}
          onChange={(modality) => onChange({ modality })}
        />
      </div>
      <div className={css.third}>
        <Combobox
          label="Device"
          mono
          value={draft.station}
          error={problems.station}
          placeholder="any device"
          onChange={(station) => onChange({ station })}
          options={stations.map(({ aeTitle, name }) => ({ key: aeTitle, label: aeTitle, note: name, value: aeTitle }))}
          onPick={({ value: station }) => onChange({ station })}
        />
      </div>
      <div className={css.third}>
        <DayField label="Day" value={draft.day} error={problems.day} onChange={(day) => onChange({ day })} />
      </div>
      <div className={css.third}>
        <TextField
          label="Time"
          value={draft.time}
          error={problems.time}
          placeholder="any time"
          onChange={(time) => onChange({ time })}
        />
      </div>
      <div className={css.half}>
        <div className={css.label}>Urgency</div>
        <SegmentedControl
          label="Urgency"
          value={draft.priority}
          options={[
            { value: 'ROUTINE', label: 'Routine' },
            { value: 'HIGH', label: 'Urgent' },
            { value: 'STAT', label: 'Emergency' },
          ]}
          onChange={(priority) => onChange({ priority })}
        />
      </div>
      <div className={css.half}>
        <TextField
          label="Requested by"
          value={draft.requestedBy}
          error={problems.requestedBy}
          placeholder="Family, Given"
          onChange={(requestedBy) => onChange({ requestedBy })}
        />
      </div>
      <div className={css.whole}>
        <TextArea
          label="History and question"
          rows={2}
          value={draft.history}
          error={problems.history}
          onChange={(history) => onChange({ history })}
        />
      </div>
    </fieldset>
  )
}
