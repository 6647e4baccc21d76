import { Search } from 'lucide-react'
import { useState } from 'react'
import { dateOf, formatDate } from '#shared/dicom/dateTime.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { useSettled } from '../../app/useSettled.ts'
import { Combobox, type ComboboxOption } from '../../ui/Combobox.tsx'
import { whoText } from './cardText.ts'
import { type Draft, knownDraft } from './draft.ts'
import css from './RequestDialog.module.css'

const SETTLE_MS = 120

/** Found as it is typed, in the archive and in earlier requests; else a new one by that name. */
export function PatientSearch({ onChoose }: { onChoose: (patch: Partial<Draft>) => void }) {
  const [text, setText] = useState('')
  const settled = useSettled(text.trim(), SETTLE_MS)
  const found = useQueryOperation('worklist', 'findPatients', { text: settled }, { keepPrevious: true })
  const today = dateOf(new Date())
  const name = text.trim()
  const known: ComboboxOption<Partial<Draft>>[] = (found.data ?? []).map((patient) => ({
    key: `${patient.patientId} ${patient.patientName}`,
    label: [formatPersonName(patient.patientName), whoText(patient, today)].filter(Boolean).join(', '),
    note: [patient.patientId, `last ${formatDate(dateOf(new Date(patient.lastSeenAt)))}`].filter(Boolean).join(', '),
    value: knownDraft(patient),
  }))
  const fresh: ComboboxOption<Partial<Draft>>[] = [
    {
      key: 'animal',
      label: `New animal${name === '' ? '' : ` “${name}”`}`,
      value: { kind: 'animal', name, kept: null },
    },
    { key: 'human', label: `New person${name === '' ? '' : ` “${name}”`}`, value: { kind: 'human', name, kept: null } },
  ]
  return (
    <fieldset className={css.group}>
      <legend className={css.legend}>Patient</legend>
      <div className={css.whole}>
        <Combobox
          autoFocus
          label="Patient"
          hideLabel
          icon={Search}
          placeholder="Name, owner, patient ID or microchip"
          value={text}
          onChange={setText}
          // What was found for other letters is not offered under these: Enter would take a stranger.
          options={settled === name && !found.isPlaceholderData ? [...known, ...fresh] : []}
          onPick={({ value }) => onChoose(value)}
        />
      </div>
    </fieldset>
  )
}
