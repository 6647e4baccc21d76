import { fold } from './fold.ts'
import { withoutTrailing } from './padding.ts'
import { wildcard } from './wildcard.ts'

/** Component groups of a PN value, the same name in different scripts (PS3.5 6.2.1.1). */
const GROUPS = '='
/** What stands where a character set lacks the letter. */
const LOST = /[?\uFFFD]/

/**
 * `own-name`: one says the animal alone, the other its owner's family too (PS3.5 6.2.1). `other-family`: called the same, of
 * another family or owner. `spelling`: both may be ways to write a third one (Mueller, MULLER). `missing`: one says nothing.
 */
export type NameLikeness =
  | 'same'
  | 'own-name'
  | 'says-less'
  | 'spelling'
  | 'other-order'
  | 'other-script'
  | 'other-family'
  | 'missing'
  | 'other'

interface NameComparison {
  likeness: NameLikeness
  /** Which of the two says less than the other. */
  lesser?: 'one' | 'other'
}

/** Of hostile data; three groups of PN have 64 characters each. */
const LOOKED_AT = 512

/** The more a group says against it, the further behind. */
const ORDER: readonly NameLikeness[] = [
  'same',
  'own-name',
  'says-less',
  'spelling',
  'other-order',
  'other-family',
  'other',
]

/** Two PN values, the way a careful person reads them: case, width, marks and delimiters at the end say nothing. */
export function compareNames(one: string, other: string): NameComparison {
  const [a, b] = [groupsOf(one), groupsOf(other)]
  const [saysA, saysB] = [a.some(Boolean), b.some(Boolean)]
  if (!saysA || !saysB) return missing(saysA, saysB)
  const compared = a.flatMap((group, at) => {
    const match = b[at] ?? ''
    return group !== '' && match !== '' && isLatin(group) === isLatin(match) ? [compareGroups(group, match)] : []
  })
  const worst = compared.toSorted((x, y) => rank(y) - rank(x))[0]
  if (worst) return worst
  // A device without component groups writes ideographs into the first one.
  const isShared = a.some((group) => group !== '' && b.some((match) => isSpelledAlike(group, match)))
  return { likeness: isShared ? 'same' : 'other-script' }
}

const rank = ({ likeness }: NameComparison) => ORDER.indexOf(likeness)

function missing(saysOne: boolean, saysOther: boolean): NameComparison {
  if (saysOne === saysOther) return { likeness: 'missing' }
  return { likeness: 'missing', lesser: saysOne ? 'other' : 'one' }
}

/** A group whose letters are mostly lost says nothing. */
function groupsOf(name: string): string[] {
  const groups = name.slice(0, LOOKED_AT).split(GROUPS, 3)
  return groups.map((group) => {
    const letters = group.match(/[\p{L}\p{N}]/gu)?.length ?? 0
    const lost = group.match(/[?\uFFFD]/g)?.length ?? 0
    return lost > letters || groupKey(group) === '' ? '' : group.normalize('NFKC')
  })
}

function compareGroups(one: string, other: string): NameComparison {
  if (isSpelledAlike(one, other)) return { likeness: 'same' }
  if (LOST.test(one) || LOST.test(other)) return { likeness: compareLost(one, other) }
  const [a, b] = [componentsOf(one), componentsOf(other)]
  if (isAnimalAlone(a, b)) return { likeness: 'own-name', lesser: 'one' }
  if (isAnimalAlone(b, a)) return { likeness: 'own-name', lesser: 'other' }
  if (a.own !== '' && b.own !== '' && isSpelledAlike(a.own, b.own) && a.family !== '' && b.family !== '')
    return { likeness: isSpelledNear(a.family, b.family) ? 'spelling' : 'other-family' }
  const [wordsA, wordsB] = [wordsOf(one), wordsOf(other)]
  const [inB, inA] = [wordsA.every((word) => wordsB.includes(word)), wordsB.every((word) => wordsA.includes(word))]
  if (inA && inB) return { likeness: 'other-order' }
  if (inA || inB) return { likeness: 'says-less', lesser: inB ? 'one' : 'other' }
  return { likeness: isSpelledNear(one, other) ? 'spelling' : 'other' }
}

/** `Rex` or `^Rex` beside `Sato^Rex`. */
function isAnimalAlone(alone: Components, whole: Components): boolean {
  if (whole.family === '' || whole.own === '') return false
  if (alone.family !== '' && alone.own !== '') return false
  return isSpelledAlike(alone.own || alone.family, whole.own)
}

interface Components {
  family: string
  own: string
}

function componentsOf(group: string): Components {
  const [family = '', ...own] = group.split('^').map((part) => part.trim())
  return { family, own: own.filter(Boolean).join(' ') }
}

/** `M?ller` is Müller; whether it is Miller, or MULLER that lost its mark before, nobody can tell. */
function compareLost(one: string, other: string): NameLikeness {
  const pattern = (name: string) =>
    groupKey(name)
      .replaceAll('*', '?')
      .replace(/[?\uFFFD]+/g, '*')
  const fits = (lost: string, whole: string) => LOST.test(lost) && wildcard(pattern(lost))(groupKey(whole))
  if (!fits(one, other) && !fits(other, one)) return 'other'
  const whole = LOST.test(one) ? other : one
  return /[^\0-\x7f]/.test(whole) ? 'same' : 'spelling'
}

/** A letter with its mark may be written without the mark, or with two letters. */
const TWO_LETTERS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }
const spelledOut = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[äöüåø]/g, (letter) => TWO_LETTERS[letter] ?? letter)

function isSpelledAlike(one: string, other: string): boolean {
  const [a, b] = [groupKey(one), groupKey(other)]
  if (a === b) return true
  const [outA, outB] = [groupKey(spelledOut(one)), groupKey(spelledOut(other))]
  return outA === b || a === outB || outA === outB
}

const isSpelledNear = (one: string, other: string) => near(one) === near(other)
const near = (text: string) => groupKey(text).replace(/([aou])e/g, '$1')

const wordsOf = (group: string) => groupKey(group).split(' ')

/** The Latin script is read without marks; in others a mark makes another letter. */
function groupKey(group: string): string {
  if (isLatin(group)) return fold(group)
  return group
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s^,\\]+/g, ' ')
    .trim()
}

function isLatin(text: string): boolean {
  return /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(text)
}

/** Equal text is the same name, however it is written: for an index. Different text may be, too: see compareNames. */
export function nameKey(name: string): string {
  return withoutTrailing(name.split(GROUPS).map(groupKey).join(GROUPS), GROUPS)
}
