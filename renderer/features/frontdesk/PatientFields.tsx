import { useState } from 'react'
import { BREED_REGISTRIES } from '#shared/dicom/breedRegistries.ts'
import { SPECIES } from '#shared/dicom/species.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { Button } from '../../ui/Button.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { Draft, Problems } from './draft.ts'
import css from './RequestDialog.module.css'

interface PatientFieldsProps {
  draft: Draft
  problems: Problems
  isNew: boolean
  onChange: (patch: Partial<Draft>) => void
  /** Another patient. */
  onSearch: () => void
}

const registries = [
  { value: '', label: 'None' },
  ...BREED_REGISTRIES.map(({ value, meaning }) => ({ value, label: meaning })),
]
const speciesOptions = SPECIES.map(({ name }) => ({ key: name, label: name, value: name }))

/** R154 to R163: who is examined. */
export function PatientFields({ draft, problems, isNew, onChange, onSearch }: PatientFieldsProps) {
  const isAnimal = draft.kind === 'animal'
  const [breedText, setBreedText] = useState(draft.breed)
  const breeds = useQueryOperation(
    'worklist',
    'breeds',
    { species: draft.species, text: breedText },
    { enabled: isAnimal, keepPrevious: true },
  )
  const field = (
    key: 'name' | 'patientId' | 'born' | 'owner' | 'microchip' | 'registration',
    label: string,
    more = {},
  ) => (
    <TextField
      label={label}
      value={draft[key]}
      error={problems[key]}
      onChange={(text) => onChange({ [key]: text })}
      {...more}
    />
  )
  return (
    <fieldset className={css.group}>
      <legend className={css.legend}>
        Patient
        <SegmentedControl
          label="Kind of patient"
          value={draft.kind}
          options={[
            { value: 'animal', label: 'Animal' },
            { value: 'human', label: 'Person' },
          ]}
          onChange={(kind) => onChange({ kind })}
        />
        {isNew && (
          <Button variant="plain" size="small" onClick={onSearch}>
            Choose another patient
          </Button>
        )}
      </legend>
      <div className={css.third}>
        {field('name', 'Name', {
          placeholder: isAnimal ? 'Rex' : 'Family, Given',
          autoFocus: isNew && draft.name === '',
        })}
      </div>
      {isAnimal && (
        <>
          <div className={css.third}>
            <Combobox
              autoFocus={isNew && draft.name !== '' && draft.patientId === ''}
              label="Species"
              value={draft.species}
              error={problems.species}
              onChange={(species) => onChange({ species })}
              options={speciesOptions}
              onPick={({ value: species }) => onChange({ species })}
            />
          </div>
          <div className={css.third}>
            <Combobox
              label="Breed"
              value={draft.breed}
              error={problems.breed}
              onChange={(breed) => {
                setBreedText(breed)
                onChange({ breed, breedCode: null })
              }}
              options={(breeds.data ?? []).map((code) => ({ key: code.value, label: code.meaning, value: code }))}
              onPick={({ value }) => onChange({ breed: value.meaning, breedCode: value })}
            />
          </div>
        </>
      )}
      <div className={css.third}>
        <Select
          label="Sex"
          value={draft.sex}
          options={[
            { value: '', label: 'Not known' },
            { value: 'M', label: 'Male' },
            { value: 'F', label: 'Female' },
            { value: 'O', label: 'Other' },
          ]}
          onChange={(sex) => onChange({ sex })}
        />
      </div>
      {isAnimal && (
        <div className={css.third}>
          <Select
            label="Neutered"
            value={draft.neutered}
            options={[
              { value: '', label: 'Not known' },
              { value: 'ALTERED', label: 'Yes' },
              { value: 'UNALTERED', label: 'No' },
            ]}
            onChange={(neutered) => onChange({ neutered })}
          />
        </div>
      )}
      <div className={css.third}>{field('born', 'Born', { placeholder: '2018-03-21, or 5 y' })}</div>
      {isAnimal && <div className={css.third}>{field('owner', 'Owner', { placeholder: 'Family, Given' })}</div>}
      {isAnimal && <div className={css.third}>{field('microchip', 'Microchip', { mono: true })}</div>}
      <div className={css.third}>
        {field('patientId', 'Patient ID', { mono: true, placeholder: 'made when it is saved' })}
      </div>
      {isAnimal && <div className={css.third}>{field('registration', 'Registration number', { mono: true })}</div>}
      {isAnimal && (
        <div className={css.third}>
          <Select
            label="Breed registry"
            value={draft.registry}
            error={problems.registry}
            options={registries}
            onChange={(registry) => onChange({ registry })}
          />
        </div>
      )}
    </fieldset>
  )
}
