import type { CertificatesView } from '#shared/contract/certificates.ts'
import { useCertificates } from '../../api/workstation.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { Problems } from './fieldProblems.ts'
import { type Draft, type FormField, fieldLabels } from './fields.ts'
import { PinnedCertificate } from './PinnedCertificate.tsx'
import css from './ServerEditor.module.css'

interface TlsFieldsProps {
  values: Draft
  problems: Problems
  onChange(change: Partial<Draft>): void
  onLeave(field: FormField): void
}

/** R016, R017: encrypted or not, and whose certificate is good enough. */
export function TlsFields({ values, problems, onChange, onLeave }: TlsFieldsProps) {
  const certificates = useCertificates()
  const { tls, verifyCertificate, trust } = values
  return (
    <>
      <div className={css.checks}>
        <Checkbox label={fieldLabels.tls} checked={tls} onChange={(next) => onChange({ tls: next })} />
        <Checkbox
          label={fieldLabels.verifyCertificate}
          checked={verifyCertificate}
          disabled={!tls}
          onChange={(next) => onChange({ verifyCertificate: next })}
          help={
            tls && !verifyCertificate
              ? 'Encrypted, but nobody checks who answers. Better: pin its certificate.'
              : undefined
          }
        />
        <Checkbox
          label={fieldLabels.clientCertificate}
          checked={values.clientCertificate}
          disabled={!tls}
          onChange={(clientCertificate) => onChange({ clientCertificate })}
          help={tls ? ourCertificateHelp(values, certificates) : undefined}
        />
      </div>
      {tls && verifyCertificate && (
        <>
          <Select
            label={fieldLabels.trust}
            value={trust}
            options={[
              { value: 'system', label: 'From an authority that this system knows' },
              { value: 'authorities', label: 'From an authority of Settings, Certificates' },
              { value: 'pinned', label: 'One certificate alone (pinned)' },
            ]}
            onChange={(next) => onChange({ trust: next })}
            error={problems.trust}
            help={trustHelp(trust, certificates)}
          />
          {trust === 'pinned' ? (
            <PinnedCertificate values={values} error={problems.pinnedCertificate} onChange={onChange} />
          ) : (
            <TextField
              label={fieldLabels.expectedName}
              mono
              value={values.expectedName}
              placeholder={values.host}
              onChange={(expectedName) => onChange({ expectedName })}
              onBlur={() => onLeave('expectedName')}
              error={problems.expectedName}
              help="Only where it is another than the host."
            />
          )}
        </>
      )}
    </>
  )
}

function ourCertificateHelp(values: Draft, certificates: CertificatesView | undefined): string | undefined {
  if (!values.clientCertificate) return 'A server that wants one refuses us.'
  return certificates && !certificates.own
    ? 'There is none yet: Settings, Certificates. Servers that do not ask answer all the same.'
    : undefined
}

function trustHelp(trust: Draft['trust'], certificates: CertificatesView | undefined): string {
  if (trust === 'pinned') return 'The name in it does not matter, nor who made it.'
  if (trust === 'system') return 'As browsers do. The authority of a clinic is seldom among them.'
  const count = certificates?.authorities.length ?? 0
  if (count === 0) return 'There is none yet: add it under Settings, Certificates.'
  return count === 1 ? '1 authority is known.' : `${count} authorities are known.`
}
