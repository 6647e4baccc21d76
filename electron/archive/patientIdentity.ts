import { withoutTrailing } from '#shared/dicom/padding.ts'
import type { NewInstance } from './archiveApi.ts'
import { fold } from './fold.ts'

/** Components of a PN value, written in different scripts, are separated by this (PS3.5 6.2.1.1). */
const GROUPS = '='

/**
 * Whom an image says that it shows, as one line of text each for ID, issuer and name: without case, spaces and the
 * delimiters that some devices leave at the end. Equal text means the same patient.
 */
export function patientIdentity(attributes: NewInstance['attributes']): string {
  const id = (value = '') => value.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
  const groups = (attributes.PatientName ?? '').split(GROUPS).map(nameKey)
  const name = withoutTrailing(groups.join(GROUPS), GROUPS)
  return [id(attributes.PatientID), id(attributes.IssuerOfPatientID), name].join('\n')
}

/** As searched where the script is Latin; in others a mark makes another letter. */
function nameKey(group: string): string {
  const isLatin = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(group)
  if (isLatin) return fold(group)
  return group
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s^,\\]+/g, ' ')
    .trim()
}

/**
 * May an image with the identity `arrival` stand under a study of `known`? One StudyInstanceUID can come with several
 * patients: devices and anonymizers clone UIDs. Equal IDs are the same patient unless issuer or name contradict; an image
 * may say less than the study, but never something else, and one that says nothing belongs to nobody.
 */
export function maySharePatient(known: string, arrival: string): boolean {
  if (known === arrival) return true
  const [knownId = '', knownIssuer = '', knownName = ''] = known.split('\n')
  const [id = '', issuer = '', name = ''] = arrival.split('\n')
  if (id === '' && name === '') return false
  if (id !== '' && id !== knownId) return false
  if (issuer !== '' && knownIssuer !== '' && issuer !== knownIssuer) return false
  if (name === '') return true
  return isSameName(knownName, name, id !== '')
}

/** The same in every script that both are written in, and in one at least. */
function isSameName(known: string, name: string, isSameId: boolean): boolean {
  // with the ID the same, `Mueller` is how a device without umlauts writes Müller
  const spelled = (group: string) => (isSameId ? group.replace(/([aou])e/g, '$1') : group)
  const others = name.split(GROUPS)
  const shared = known.split(GROUPS).flatMap((group, at) => {
    const other = others[at] ?? ''
    if (group === '' || other === '') return []
    // with the ID the same, `Rex` is how a device writes `Sato^Rex` (PS3.5 6.2.1: the owner's family, then the animal)
    return [spelled(group) === spelled(other) || (isSameId && group.endsWith(` ${other}`))]
  })
  return shared.length > 0 && shared.every(Boolean)
}
