import { useState } from 'react'
import { formatCount } from '../../app/formatAmount.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import css from './Accepts.module.css'
import { classChoices, syntaxChoices } from './acceptChoices.ts'
import { ChoiceDialog } from './ChoiceDialog.tsx'
import { type Draft, fieldLabels } from './fields.ts'

const classOptions = [
  { value: 'all', label: 'Everything' },
  { value: 'chosen', label: 'Only chosen kinds' },
] as const

const syntaxOptions = [
  { value: 'all', label: 'Every encoding' },
  { value: 'uncompressed', label: 'Uncompressed only' },
  { value: 'chosen', label: 'Only chosen encodings' },
] as const

interface AcceptsProps {
  values: Pick<Draft, 'name' | 'acceptedClasses' | 'acceptedSyntaxes'>
  onChange(change: Partial<Draft>): void
}

/** R014, R058: what we take from the device that calls by this AE title. */
export function Accepts({ values, onChange }: AcceptsProps) {
  const [choosing, setChoosing] = useState<'classes' | 'syntaxes'>()
  const { acceptedClasses: classes, acceptedSyntaxes: syntaxes } = values
  const close = () => setChoosing(undefined)
  return (
    <>
      <div className={css.choice}>
        <Select
          label={fieldLabels.acceptedClasses}
          value={classes === null ? 'all' : 'chosen'}
          options={classOptions}
          onChange={(value) => (value === 'all' ? onChange({ acceptedClasses: null }) : setChoosing('classes'))}
          help="What it sends of another kind is refused."
        />
        {classes && (
          <Button aria-label={`Choose kinds, ${classes.length} chosen`} onClick={() => setChoosing('classes')}>
            {formatCount(classes.length, 'kind')}
          </Button>
        )}
      </div>
      <div className={css.choice}>
        <Select
          label={fieldLabels.acceptedSyntaxes}
          value={Array.isArray(syntaxes) ? 'chosen' : syntaxes}
          options={syntaxOptions}
          onChange={(value) => (value === 'chosen' ? setChoosing('syntaxes') : onChange({ acceptedSyntaxes: value }))}
          help="Implicit VR Little Endian is always taken."
        />
        {Array.isArray(syntaxes) && (
          <Button aria-label={`Choose encodings, ${syntaxes.length} chosen`} onClick={() => setChoosing('syntaxes')}>
            {formatCount(syntaxes.length, 'encoding')}
          </Button>
        )}
      </div>
      {choosing === 'classes' && (
        <ChoiceDialog
          title={`Kinds of images from ${values.name}`}
          choices={classChoices(classes ?? [])}
          chosen={classes ?? []}
          onChoose={(acceptedClasses) => {
            onChange({ acceptedClasses })
            close()
          }}
          onClose={close}
        />
      )}
      {choosing === 'syntaxes' && (
        <ChoiceDialog
          title={`Encodings from ${values.name}`}
          choices={syntaxChoices()}
          chosen={Array.isArray(syntaxes) ? syntaxes : []}
          onChoose={(acceptedSyntaxes) => {
            onChange({ acceptedSyntaxes })
            close()
          }}
          onClose={close}
        />
      )}
    </>
  )
}
