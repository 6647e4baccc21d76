import { TextField } from '../../../ui/TextField.tsx'

export interface Subject {
  commonName: string
  /** As typed: names and addresses, separated by commas or spaces. */
  names: string
}

export function nameList({ names }: Subject): string[] {
  return names.split(/[\s,;]+/).filter((name) => name !== '')
}

/** What is wrong with it; undefined when it can be made. */
export function subjectProblem(subject: Subject): string | undefined {
  if (nameList(subject).length === 0) return 'Enter at least one host name or address.'
  const wrong = nameList(subject).find((name) => !/^[A-Za-z0-9.:*_-]{1,253}$/.test(name))
  return wrong === undefined ? undefined : `${wrong} is no host name and no address.`
}

interface SubjectFieldsProps {
  subject: Subject
  onChange(subject: Subject): void
}

export function SubjectFields({ subject, onChange }: SubjectFieldsProps) {
  return (
    <>
      <TextField
        label="Name"
        value={subject.commonName}
        maxLength={64}
        autoFocus
        onChange={(commonName) => onChange({ ...subject, commonName })}
        error={subject.commonName.trim() === '' ? 'Enter a name.' : undefined}
        help="How people recognize this workstation: its host name, or the room."
      />
      <TextField
        label="Host names and addresses"
        mono
        value={subject.names}
        onChange={(names) => onChange({ ...subject, names })}
        error={subjectProblem(subject)}
        help="Under which devices call this workstation; many check it. Separated by commas."
      />
    </>
  )
}
