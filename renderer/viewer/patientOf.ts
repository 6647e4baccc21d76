import type { StudyRow } from '#shared/contract/studies.ts'

type Named = Pick<StudyRow, 'patientId' | 'patientName'>

/** Whom a study shows, as text: without case, width and the delimiters that devices write as they like. */
export function patientOf({ patientId, patientName }: Named): string {
  const plain = (text: string) => text.normalize('NFKC').toLowerCase()
  const name = plain(patientName)
    .replace(/[\s^]+/g, ' ')
    .trim()
  return `${plain(patientId).replace(/\s+/g, '')}\n${name}`
}

/**
 * Same ID and same name are one person; under one ID `Rex` is how a device writes `Sato^Rex` (PS3.5 6.2.1: the owner's
 * family, then the animal). Anything else are two.
 */
export function isSamePatient(one: string, other: string): boolean {
  if (one === other) return true
  const [id = '', name = ''] = one.split('\n')
  const [otherId = '', otherName = ''] = other.split('\n')
  if (id === '' || id !== otherId || name === '' || otherName === '') return false
  return name.endsWith(` ${otherName}`) || otherName.endsWith(` ${name}`)
}

/** One study of each patient that there is among them. */
export function onePerPatient<Study extends Named>(studies: readonly Study[]): Study[] {
  const found: Study[] = []
  for (const study of studies)
    if (!found.some((each) => isSamePatient(patientOf(each), patientOf(study)))) found.push(study)
  return found
}
