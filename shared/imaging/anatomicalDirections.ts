import type { InstanceImage } from './instanceImage.ts'

/** How a file names directions in the body (0010,2210); '' when it does not say. */
export type OrientedSubject = Pick<InstanceImage, 'patientOrientation' | 'anatomicalOrientationType' | 'bodyPart'>

/** Names of the positive and negative end of x, y and z of the patient (PS3.3 C.7.6.2.1.1). */
export type AxisNames = readonly (readonly [plus: string, minus: string])[]

const bipedAxes: AxisNames = [
  ['L', 'R'],
  ['P', 'A'],
  ['H', 'F'],
]
const quadrupedAxes: AxisNames = [
  ['Le', 'Rt'],
  ['D', 'V'],
  ['Cr', 'Cd'],
]
/** In limbs the axes of a quadruped mean other directions, which depend on the part of the limb: nothing is shown. */
const LIMB =
  /LIMB|EXTREM|LEG|\bARM\b|FOREARM|HUMERUS|RADIUS|ULNA|FEMUR|TIBIA|FIBULA|SHOULDER|ELBOW|STIFLE|KNEE|THIGH|HAND|WRIST|CARP|FINGER|FOOT|ANKLE|HOCK|TARS|\bTOE|DIGIT|PHALANX|PHALANGE|FETLOCK|PASTERN|HOOF|PAW/

export function axisNames({ anatomicalOrientationType, bodyPart = '' }: OrientedSubject): AxisNames | undefined {
  if (anatomicalOrientationType !== 'QUADRUPED') return bipedAxes
  return LIMB.test(bodyPart.toUpperCase()) ? undefined : quadrupedAxes
}

type Opposites = Readonly<Record<string, string>>

const biped: Opposites = { L: 'R', R: 'L', A: 'P', P: 'A', H: 'F', F: 'H' }
/** PS3.3 C.7.6.1.1.1. Palmar and plantar face dorsal, which is why their opposite is D. */
const quadruped: Opposites = {
  LE: 'RT',
  RT: 'LE',
  D: 'V',
  V: 'D',
  CR: 'CD',
  CD: 'CR',
  R: 'CD',
  M: 'L',
  L: 'M',
  PR: 'DI',
  DI: 'PR',
  PA: 'D',
  PL: 'D',
}

function parts(value: string, alphabet: Opposites): string[] | undefined {
  const found: string[] = []
  let rest = value
  while (rest) {
    const part = [rest.slice(0, 2), rest.slice(0, 1)].find((candidate) => Object.hasOwn(alphabet, candidate))
    if (!part) return undefined
    found.push(part)
    rest = rest.slice(part.length)
  }
  return found
}

/**
 * What Patient Orientation is written in. L is left in people and lateral in quadrupeds, PR posterior right or proximal:
 * what can be read both ways is read neither way unless the file says which it is.
 */
function alphabetOf(values: readonly string[], type: OrientedSubject['anatomicalOrientationType']) {
  if (type === 'QUADRUPED') return quadruped
  if (type === 'BIPED') return biped
  const [asBiped, asQuadruped] = [biped, quadruped].map((alphabet) => values.every((value) => parts(value, alphabet)))
  if (asBiped === asQuadruped) return undefined
  return asBiped ? biped : quadruped
}

interface NamedDirection {
  ahead: string
  /** '' where the opposite is not known. */
  behind: string
}

const NOTHING: NamedDirection = { ahead: '', behind: '' }

/** Of the rows, then of the columns: where they point, and where they come from. */
export function namedDirections(subject: OrientedSubject): [NamedDirection, NamedDirection] {
  const values = subject.patientOrientation.slice(0, 2).map((value) => value.trim().toUpperCase())
  const alphabet = alphabetOf(values, subject.anatomicalOrientationType)
  const inLimb = alphabet === quadruped && values.some((value) => /PR|DI|PA|PL|M/.test(value))
  const [row = NOTHING, column = NOTHING] = values.map((value) => named(value, alphabet, inLimb))
  return [row, column]
}

function named(value: string, alphabet: Opposites | undefined, inLimb: boolean): NamedDirection {
  const found = alphabet && parts(value, alphabet)
  // What is not in the standard is shown where it was said, and nothing is made up for the other side.
  if (!found) return { ahead: value, behind: '' }
  const opposites = found.map((part) => opposite(part, alphabet, inLimb))
  const behind = opposites.includes('') ? '' : opposites.map(written).join('')
  return { ahead: found.map(written).join(''), behind }
}

/** Opposite dorsal lies ventral in the trunk, palmar or plantar in a limb. */
const opposite = (part: string, alphabet: Opposites, inLimb: boolean) =>
  inLimb && part === 'D' ? '' : (alphabet[part] ?? '')

const written = (part: string) => (part.length === 2 ? `${part[0]}${part[1]?.toLowerCase()}` : part)
