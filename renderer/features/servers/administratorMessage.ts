import type { Draft } from './fields.ts'

interface AdministratorMessage {
  values: Draft
  us: { aeTitle: string; address: string; port: number }
  outcome: { ok: boolean; sentence: string; technical: string } | undefined
}

/** Everything that the other side's administrator needs, to be pasted into a mail. */
export function administratorMessage({ values, us, outcome }: AdministratorMessage): string {
  const lines = [
    `We want to connect a DICOM workstation to ${values.name.trim()}.`,
    '',
    'Enter this workstation there, exactly as written:',
    `  AE title  ${us.aeTitle}`,
    `  Address   ${us.address}`,
    `  Port      ${us.port}`,
    '',
    'We call:',
    `  AE title  ${values.aeTitle}`,
    `  Address   ${values.host}`,
    `  Port      ${values.port ?? ''}${values.tls ? ' (TLS)' : ''}`,
  ]
  if (outcome && !outcome.ok) lines.push('', `The last test: ${outcome.sentence}`, `  ${outcome.technical}`)
  return `${lines.join('\n')}\n`
}
