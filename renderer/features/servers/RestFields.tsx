import type { ServerRow } from '#shared/contract/servers.ts'
import { readWebAddress } from '#shared/network/webAddress.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Fold } from './Fold.tsx'
import type { Problems } from './fieldProblems.ts'
import { type Draft, type FieldName, type FormField, fieldLabels } from './fields.ts'
import { PinnedCertificate } from './PinnedCertificate.tsx'
import { RestProbe } from './RestProbe.tsx'
import { RestSecret } from './RestSecret.tsx'

interface RestFieldsProps {
  row: ServerRow
  values: Draft
  problems: Problems
  onChange(change: Partial<Draft>): void
  onLeave(field: FormField): void
}

const kinds = [
  { value: 'dicomweb', label: 'DICOMweb' },
  { value: 'orthanc', label: 'Orthanc' },
] as const
const logins = [
  { value: 'none', label: 'Nothing' },
  { value: 'basic', label: 'User and password' },
  { value: 'bearer', label: 'Token (bearer)' },
] as const
const trusts = [
  { value: 'system', label: 'From an authority that this system knows' },
  { value: 'authorities', label: 'From an authority of Settings, Certificates' },
  { value: 'pinned', label: 'One certificate alone (pinned)' },
  { value: 'nobody', label: 'Any: nobody checks who answers' },
] as const

/** R034 to R041. */
export function RestFields({ row, values, problems, onChange, onLeave }: RestFieldsProps) {
  const { restOn, restUrl, restKind, restAuthentication, restTrust } = values
  const address = readWebAddress(restUrl)
  const disabled = !restOn
  const field = (name: FieldName) => ({
    ...{ label: fieldLabels[name], error: restOn ? problems[name] : undefined, disabled },
    onBlur: () => onLeave(name),
  })
  const check = (name: 'restQuery' | 'restRetrieve' | 'restSend' | 'restClientCertificate', help?: string) => (
    <Checkbox
      label={fieldLabels[name]}
      checked={values[name]}
      disabled={disabled}
      onChange={(on) => onChange({ [name]: on })}
      help={help}
    />
  )
  return (
    <Fold title="Web interface (DICOMweb, REST)" value={summary(values)}>
      <div data-wide>
        <Checkbox
          label={fieldLabels.restOn}
          checked={restOn}
          onChange={(on) => onChange({ restOn: on })}
          help="Over HTTP, instead of DICOM or beside it. No port of ours has to be open. With all three below, nothing goes by DICOM, and AE title, host and port above are not used."
        />
      </div>
      <div data-wide>
        <TextField
          {...field('restUrl')}
          mono
          value={restUrl}
          placeholder={restKind === 'orthanc' ? 'http://192.168.1.20:8042' : 'https://pacs.example/dicom-web'}
          onChange={(value) => onChange({ restUrl: value })}
          help={addressHelp(values)}
        />
      </div>
      <Select
        {...field('restKind')}
        value={restKind}
        options={kinds}
        onChange={(value) => onChange({ restKind: value })}
        help={
          restKind === 'orthanc'
            ? 'It also tells patients, counts and changes.'
            : 'Any server of the standard: dcm4chee, Orthanc, clouds.'
        }
      />
      <Select
        {...field('restAuthentication')}
        value={restAuthentication}
        options={logins}
        onChange={(value) => onChange({ restAuthentication: value })}
      />
      {restAuthentication === 'basic' && (
        <TextField {...field('restUser')} value={values.restUser} onChange={(value) => onChange({ restUser: value })} />
      )}
      {restAuthentication !== 'none' && !row.readOnly && <RestSecret row={row} disabled={disabled} />}
      {address?.secure && (
        <>
          <Select
            {...field('restTrust')}
            value={restTrust}
            options={trusts}
            onChange={(value) => onChange({ restTrust: value })}
            help={
              restTrust === 'nobody' ? 'User and password may go to anybody. Better: pin its certificate.' : undefined
            }
          />
          {restTrust === 'pinned' ? (
            <PinnedCertificate
              label={fieldLabels.restPinnedCertificate}
              values={{
                ...{ host: address.host, port: address.port, expectedName: '' },
                pinnedCertificate: values.restPinnedCertificate,
              }}
              error={field('restPinnedCertificate').error}
              onChange={({ pinnedCertificate }) => onChange({ restPinnedCertificate: pinnedCertificate })}
            />
          ) : (
            <span />
          )}
          <div data-wide>{check('restClientCertificate', 'To a server that asks for one.')}</div>
        </>
      )}
      <div data-wide>
        {check('restQuery', values.queryRetrieve ? undefined : 'Only while Query/Retrieve above is ticked.')}
        {check('restRetrieve', 'Images come on our own connection, as they are stored there.')}
        {check('restSend')}
      </div>
      <NumberField
        {...field('restLimit')}
        value={values.restLimit}
        onChange={(value) => onChange({ restLimit: value })}
        help="Studies that one search brings over HTTP. 0 = all, as far as the limit under Retrieving allows."
      />
      {restKind === 'orthanc' && (
        <NumberField
          {...field('restCacheThreshold')}
          value={values.restCacheThreshold}
          onChange={(value) => onChange({ restCacheThreshold: value })}
          help="Up to so many changes there, only what changed is read again; beyond, everything. 0 = always everything."
        />
      )}
      <RestProbe row={row} values={values} onChange={onChange} />
    </Fold>
  )
}

function summary({ restOn, restUrl, restQuery, restRetrieve, restSend }: Draft): string {
  if (!restOn) return 'Off'
  const uses = [restQuery && 'search', restRetrieve && 'retrieve', restSend && 'send'].filter(Boolean)
  return [restUrl || 'no address yet', uses.join(', ') || 'information only'].join(': ')
}

function addressHelp({ restUrl, restKind, restAuthentication, host, port }: Draft): string {
  const address = readWebAddress(restUrl)
  if (address && address.port === port && address.host === host.trim().toLowerCase())
    return 'This is its DICOM port. Its web interface has another one, at an Orthanc usually 8042.'
  if (/^http:/i.test(restUrl) && restAuthentication !== 'none')
    return 'Without https, whoever is on the network can read the password and the images.'
  return restKind === 'orthanc'
    ? 'Root of its REST interface; port 8042 unless its administrator chose another.'
    : 'Root of its DICOMweb services, as its administrator gives it.'
}
