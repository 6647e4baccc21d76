import { AE_TITLE_MAX } from '#shared/dicom/aeTitle.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Fold } from './Fold.tsx'
import type { Problems } from './fieldProblems.ts'
import type { Draft, FormField } from './fields.ts'

interface StoreEndpointProps {
  values: Pick<Draft, 'storeEndpoint' | 'aeTitle' | 'host' | 'port'>
  problems: Problems
  onChange(change: Partial<Draft>): void
  onLeave(field: FormField): void
}

/** R021: some servers take images at another place than the one where they are asked. */
export function StoreEndpoint({ values, problems, onChange, onLeave }: StoreEndpointProps) {
  const { storeEndpoint: own, aeTitle, host, port } = values
  const change = (part: Partial<NonNullable<Draft['storeEndpoint']>>) =>
    own && onChange({ storeEndpoint: { ...own, ...part } })
  const field = (name: 'aeTitle' | 'host' | 'port') => ({
    error: problems[`storeEndpoint.${name}`],
    onBlur: () => onLeave(`storeEndpoint.${name}`),
  })
  return (
    <Fold
      title="Store endpoint of its own"
      value={own ? `${own.aeTitle} ${own.host}:${own.port ?? ''}` : 'Same as above'}
    >
      <div data-wide>
        <Checkbox
          label="Images are sent to another place"
          checked={own !== null}
          onChange={(on) => onChange({ storeEndpoint: on ? { aeTitle, host, port } : null })}
          help="For a PACS with one address for queries and another for storing. TLS is as above."
        />
      </div>
      {own && (
        <>
          <TextField
            {...field('aeTitle')}
            label="Store AE title"
            mono
            counter={AE_TITLE_MAX}
            value={own.aeTitle}
            onChange={(value) => change({ aeTitle: value })}
          />
          <TextField
            {...field('host')}
            label="Store host"
            mono
            value={own.host}
            onChange={(value) => change({ host: value })}
          />
          <NumberField
            {...field('port')}
            label="Store port"
            mono
            value={own.port}
            onChange={(value) => change({ port: value })}
          />
        </>
      )}
    </Fold>
  )
}
