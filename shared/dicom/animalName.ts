import { ownerByName } from './ownerByName.ts'

/** Characters of one component group (PS3.5 Table 6.2-1). */
const GROUP_MAX = 64

/**
 * An animal's PN: of whom it is, then what it is called. PS3.5 6.2.1: "For veterinary use, the first two of the five components
 * in their order of occurrence are: responsible party family name or responsible organization name, patient name." So `Rex` of
 * `Sato^Ren` is `Sato^Rex`, and `^Rex` where nobody is named. A name that has both stays as it is, in each script by itself.
 */
export function animalName(patientName: string, responsiblePerson: string): string {
  const owners = responsiblePerson.split('=')
  const groups = patientName.split('=').map((group, at) => animalGroup(group.trim(), owners[at] ?? ''))
  return groups.join('=').replace(/=+$/, '')
}

function animalGroup(group: string, owner: string): string {
  const [first = '', ...others] = withoutEnd(group).split('^')
  if (first === '' && others.length === 0) return ''
  if (first.trim() !== '' && others.length > 0) return group
  const own = others.length === 0 ? first : others.join('^')
  const family = (owner.split('^')[0] ?? '').trim()
  // The animal's own name is never cut; (0010,2297) has the whole of the other one.
  return `${family.slice(0, Math.max(0, GROUP_MAX - 1 - own.length)).trim()}^${own}`
}

/** An animal with the name that devices are told; its owner is whom that name says, where nobody else is named. */
export function animalNamed<Animal extends { patientName: string; responsiblePerson: string }>(animal: Animal): Animal {
  const { responsiblePerson: owner } = animal
  const patientName = animalName(animal.patientName, owner)
  const isSaid = owner.trim() !== ''
  return {
    ...animal,
    patientName,
    responsiblePerson: isSaid
      ? owner
      : ownerByName({ patientName, owner, species: 'animal', breed: '' }).slice(0, GROUP_MAX),
  }
}

/** What the animal itself is called, in the first script; the whole of a name that has one part. */
export function ownAnimalName(patientName: string): string {
  const [family = '', own = ''] = (patientName.split('=')[0] ?? '').split('^').map((part) => part.trim())
  return own === '' ? family : own
}

/**
 * What people type of an animal beside its owner: `Rex` of `Sato^Rex`, where the owner's family is Sato. Undefined where the name
 * says more, or another family, so that it has to be shown as it is written.
 */
export function typedAnimalName(patientName: string, responsiblePerson: string): string | undefined {
  const [family = '', own = '', ...more] = withoutEnd(patientName).split('^')
  if (patientName.includes('=') || own === '' || more.length > 0 || own.includes(',')) return undefined
  const ownerFamily = responsiblePerson.split('=')[0]?.split('^')[0] ?? ''
  return family === '' || plain(family) === plain(ownerFamily) ? own : undefined
}

const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase()
/** Delimiters at the end say nothing (PS3.5 6.2.1). */
const withoutEnd = (group: string) => group.replace(/[\^\s]+$/, '')
