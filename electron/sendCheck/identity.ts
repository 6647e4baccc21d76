import type { StudyRow } from '#shared/contract/studies.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'

type Identity = Pick<StudyRow, 'patientName' | 'patientId' | 'owner' | 'species'>

const HUMAN = /homo sapiens|human/i

/** What the other side needs to file the images under the right patient, and is not there. */
export function missingIdentity(study: Identity): string[] {
  const isAnimal = study.species !== '' && !HUMAN.test(study.species)
  return [
    ...(formatPersonName(study.patientName).trim() === '' ? ['patient name'] : []),
    ...(study.patientId.trim() === '' ? ['patient ID'] : []),
    ...(isAnimal && study.owner.trim() === '' ? ['owner'] : []),
  ]
}

export function identitySentence(study: Identity, isOnly: boolean): string | undefined {
  const missing = missingIdentity(study)
  if (missing.length === 0) return undefined
  const whose = isOnly ? '' : `${formatPersonName(study.patientName) || study.patientId || 'One study'}: `
  const are = missing.length === 1 ? 'is' : 'are'
  const words = `${missing.join(' and ')} ${are} missing`
  const sentence = `${words[0]?.toUpperCase()}${words.slice(1)}`
  return `${whose}${sentence}: the other side may refuse the images.`
}
