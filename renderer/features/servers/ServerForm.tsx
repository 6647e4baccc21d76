import type { ServerRow } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { AE_TITLE_MAX } from '#shared/dicom/aeTitle.ts'
import { useSettings } from '../../api/workstation.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Accepts } from './Accepts.tsx'
import type { Problems } from './fieldProblems.ts'
import {
  compressionOptions,
  type Draft,
  type FieldName,
  type FormField,
  fieldLabels,
  retrieveOptions,
  rootOptions,
} from './fields.ts'
import { NotificationFields } from './NotificationFields.tsx'
import { RestFields } from './RestFields.tsx'
import { RetrieveMode } from './RetrieveMode.tsx'
import { SendHours } from './SendHours.tsx'
import css from './ServerEditor.module.css'
import { StoreEndpoint } from './StoreEndpoint.tsx'
import { StudyDates } from './StudyDates.tsx'
import { TlsFields } from './TlsFields.tsx'
import { WorklistFields } from './WorklistFields.tsx'

interface ServerFormProps {
  row: ServerRow
  values: Draft
  problems: Problems
  onChange(change: Partial<Draft>): void
  onLeave(field: FormField): void
}

/** R008 to R018. Checked as typed; the contract's own schema has the words. */
export function ServerForm({ row, values, problems, onChange, onLeave }: ServerFormProps) {
  const own = useSettings()?.settings
  const field = (name: FieldName) => ({
    label: fieldLabels[name],
    error: problems[name],
    onBlur: () => onLeave(name),
  })
  return (
    <form className={css.form} onSubmit={(event) => event.preventDefault()}>
      <div className={css.block}>
        <h3 className={css.heading}>Identity</h3>
        <TextField {...field('name')} value={values.name} onChange={(name) => onChange({ name })} />
        <TextField
          {...field('aeTitle')}
          mono
          counter={AE_TITLE_MAX}
          value={values.aeTitle}
          onChange={(aeTitle) => onChange({ aeTitle })}
          help={
            values.aeTitle === own?.aeTitle
              ? 'This is our own AE title: in a network each must be unique. Check it, or change ours in Settings.'
              : 'Exactly as its administrator gave it: capitals count.'
          }
        />
        <TextField
          {...field('host')}
          mono
          value={values.host}
          onChange={(host) => onChange({ host })}
          help="A name, IPv4 or IPv6."
        />
        <div className={css.ports}>
          <NumberField {...field('port')} mono value={values.port} onChange={(port) => onChange({ port })} />
          <NumberField
            {...field('listenPort')}
            mono
            value={values.listenPort}
            onChange={(listenPort) => onChange({ listenPort })}
            help={listenPortHelp(values.listenPort, own)}
          />
        </div>
        <TextField
          {...field('description')}
          className={css.wide}
          value={values.description}
          onChange={(description) => onChange({ description })}
        />
      </div>
      <div className={css.block}>
        <h3 className={css.heading}>Connection</h3>
        <Select
          label={fieldLabels.preferredCompression}
          value={values.preferredCompression}
          options={compressionOptions}
          onChange={(preferredCompression) => onChange({ preferredCompression })}
          help="For images that come from it, when it offers this."
        />
        <TlsFields values={values} problems={problems} onChange={onChange} onLeave={onLeave} />
      </div>
      <div className={css.block}>
        <h3 className={css.heading}>What it may store here</h3>
        <Accepts values={values} onChange={onChange} />
      </div>
      <div className={css.block}>
        <h3 className={css.heading}>Sending</h3>
        <div className={css.wide}>
          <Checkbox
            label={fieldLabels.askCommitment}
            checked={values.askCommitment}
            onChange={(askCommitment) => onChange({ askCommitment })}
            help="It then says for each image whether it keeps it. Its answer may come on a connection of its own, to our DICOM port."
          />
          <Checkbox
            label={fieldLabels.associationPerInstance}
            checked={values.associationPerInstance}
            onChange={(associationPerInstance) => onChange({ associationPerInstance })}
            help="Slower. Only for a server that takes one image and then hangs up."
          />
        </div>
      </div>
      <div className={css.block}>
        <h3 className={css.heading}>Query and retrieve</h3>
        <div className={css.wide}>
          <Checkbox
            label={fieldLabels.queryRetrieve}
            checked={values.queryRetrieve}
            onChange={(queryRetrieve) => onChange({ queryRetrieve })}
            help="Offered in Studies for searching and retrieving. Off for a place that images are only sent to."
          />
        </div>
        <Select
          label={fieldLabels.retrieveBy}
          value={values.retrieveBy}
          options={retrieveOptions}
          onChange={(retrieveBy) => onChange({ retrieveBy })}
          help={values.restOn && values.restRetrieve ? BY_WADO : retrieveHelp(values.retrieveBy, values.listenPort)}
        />
        <Select
          label={fieldLabels.queryRoot}
          value={values.queryRoot}
          options={rootOptions}
          onChange={(queryRoot) => onChange({ queryRoot })}
          help="Study Root suits nearly every server. Where it has only the other one, that is used."
        />
      </div>
      <div className={css.folds}>
        <StoreEndpoint values={values} problems={problems} onChange={onChange} onLeave={onLeave} />
        <SendHours values={values} problems={problems} onChange={onChange} onLeave={onLeave} />
        <WorklistFields values={values} problems={problems} onChange={onChange} onLeave={onLeave} />
        <RetrieveMode values={values} problems={problems} onChange={onChange} onLeave={onLeave} />
        <RestFields row={row} values={values} problems={problems} onChange={onChange} onLeave={onLeave} />
        <NotificationFields row={row} values={values} problems={problems} onChange={onChange} onLeave={onLeave} />
        <StudyDates values={values} problems={problems} onChange={onChange} onLeave={onLeave} />
      </div>
    </form>
  )
}

const BY_WADO = 'Not used: images come by WADO-RS, as set below under Web interface.'

/** R087: why a retrieve needs a second connection, and what has to let it through. */
function retrieveHelp(retrieveBy: Draft['retrieveBy'], listenPort: number | undefined): string {
  if (retrieveBy === 'get')
    return 'No connection comes in: no firewall or router has to let one through. Not every server offers it.'
  const port = listenPort === undefined ? 'our listen port' : `port ${listenPort}`
  return `Images come on a second connection, to ${port}: its administrator has registered our address and that port, and firewalls and routers let it through.`
}

/** R013: the number that its administrator registered for us. */
function listenPortHelp(listenPort: number | undefined, own: Settings | undefined): string {
  if (own?.tlsListener && listenPort === own.tlsPort) return 'Our own port for TLS.'
  if (own?.plainListener && listenPort === own.dicomPort) return 'Our own DICOM port.'
  const opens = 'A second listener opens there for each retrieve.'
  return listenPort !== undefined && listenPort < 1024 ? `${opens} Below 1024 it needs rights.` : opens
}
