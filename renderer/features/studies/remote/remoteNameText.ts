import { formatPersonName } from '#shared/dicom/personName.ts'

/** A server that cannot write a name in its character set answers without it: the images may have one all the same. */
export function remoteNameText({ patientName }: { patientName: string }): string {
  return formatPersonName(patientName) || '(name not given)'
}
