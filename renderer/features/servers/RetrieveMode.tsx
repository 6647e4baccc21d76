import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Fold } from './Fold.tsx'
import type { Problems } from './fieldProblems.ts'
import type { Draft, FormField } from './fields.ts'

interface RetrieveModeProps {
  values: Pick<Draft, 'retrieving'>
  problems: Problems
  onChange(change: Partial<Draft>): void
  onLeave(field: FormField): void
}

const modes = [
  { value: 'button', label: 'When I press Retrieve' },
  { value: 'select', label: 'As soon as I select a study' },
  { value: 'folder', label: 'From its storage folder' },
] as const

/** R031: the manual that this follows warns of choosing without knowing what each does. */
const help = {
  button: 'Nothing is fetched until you ask. Right for most servers.',
  select: 'All images of a study come once it has been selected for a moment. For a fast network and small studies.',
  folder:
    'When you press Retrieve, its files are read from a folder that this computer reaches, without DICOM; they are kept here too. Searching still goes by DICOM.',
} as const

/** R027 to R031, R039. */
export function RetrieveMode({ values, problems, onChange, onLeave }: RetrieveModeProps) {
  const { retrieving } = values
  const change = (part: Partial<Draft['retrieving']>) => onChange({ retrieving: { ...retrieving, ...part } })
  return (
    <Fold title="Retrieving and limits" value={modeText(retrieving)}>
      <Select
        label="Studies come"
        value={retrieving.mode}
        options={modes}
        onChange={(mode) => change({ mode })}
        help={help[retrieving.mode]}
      />
      <NumberField
        label="Studies of one search"
        value={retrieving.searchLimit}
        onChange={(searchLimit) => change({ searchLimit })}
        onBlur={() => onLeave('retrieving.searchLimit')}
        error={problems['retrieving.searchLimit']}
        help="Where more match, the list says so. 0 is no limit."
      />
      {retrieving.mode === 'folder' && (
        <div data-wide>
          <TextField
            label="Storage folder"
            mono
            value={retrieving.folder}
            onChange={(folder) => change({ folder })}
            onBlur={() => onLeave('retrieving.folder')}
            error={problems['retrieving.folder']}
            help="As this computer sees it, read only. The first retrieve looks at every file in it and may take long."
          />
        </div>
      )}
    </Fold>
  )
}

function modeText({ mode, searchLimit }: Draft['retrieving']): string {
  const limit = searchLimit === 0 ? 'no limit' : `${searchLimit?.toLocaleString('en') ?? ''} a search`
  return `${{ button: 'On request', select: 'When selected', folder: 'From its folder' }[mode]}, ${limit}`
}
