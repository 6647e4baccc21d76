/** How an AE title differs from one that we know, where that looks like an accident of typing. */
export interface NearMiss {
  kind: 'capitals' | 'blanks' | 'look-alikes' | 'signs' | 'typing'
  /** One sentence about the difference. */
  words: string
  /** Places, from 0, that differ in what was said and in what is known. */
  saidAt: number[]
  knownAt: number[]
}

/** Characters that a person takes for each other on a device's screen. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  o: '0',
  q: '0',
  i: '1',
  l: '1',
  '|': '1',
  s: '5',
  b: '8',
  z: '2',
}
const SIGNS = /[-_. ]/g
/** In a shorter title one wrong character is a third of it. */
const TYPING_MIN = 5

const lower = (text: string) => text.toLowerCase()
const withoutBlanks = (text: string) => lower(text).replaceAll(' ', '')
const withoutSigns = (text: string) => lower(text).replace(SIGNS, '')
const folded = (text: string) => [...lower(text)].map((char) => LOOK_ALIKES[char] ?? char).join('')

/** Undefined where they are equal, or differ too much to be the same one. PS3.5 6.2: letter case is significant. */
export function nearMiss(said: string, known: string): NearMiss | undefined {
  if (said === known || said === '' || known === '') return undefined
  const kind = kindOf(said, known)
  if (!kind) return undefined
  const at = differences(said, known)
  return { kind, words: wordsOf(kind, said, known, at), saidAt: at.said, knownAt: at.known }
}

function kindOf(said: string, known: string): NearMiss['kind'] | undefined {
  if (lower(said) === lower(known)) return 'capitals'
  if (withoutBlanks(said) === withoutBlanks(known)) return 'blanks'
  if (folded(said) === folded(known)) return 'look-alikes'
  if (withoutSigns(said) === withoutSigns(known)) return 'signs'
  if (folded(withoutSigns(said)) === folded(withoutSigns(known))) return 'typing'
  if (Math.min(said.length, known.length) < TYPING_MIN) return undefined
  return isOneTypingError(lower(said), lower(known)) ? 'typing' : undefined
}

/** One character wrong, missing, too many, or two beside each other exchanged. */
function isOneTypingError(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  const start = commonStart(a, b)
  const end = Math.min(commonStart(reversed(a), reversed(b)), Math.min(a.length, b.length) - start)
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  return (
    Math.max(restA.length, restB.length) <= 1 ||
    (restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0])
  )
}

function commonStart(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  return at
}

const reversed = (text: string) => [...text].toReversed().join('')

interface Differences {
  said: number[]
  known: number[]
}

/** Where both are equally long each place is compared, else what lies between the common beginning and the common end. */
function differences(said: string, known: string): Differences {
  if (said.length === known.length) {
    const at = [...said].flatMap((char, index) => (char === known[index] ? [] : [index]))
    return { said: at, known: at }
  }
  const start = commonStart(said, known)
  const end = Math.min(commonStart(reversed(said), reversed(known)), Math.min(said.length, known.length) - start)
  const between = (text: string) => Array.from({ length: text.length - end - start }, (_, index) => start + index)
  return { said: between(said), known: between(known) }
}

function wordsOf(kind: NearMiss['kind'], said: string, known: string, at: Differences): string {
  const [saidAt] = at.said
  const [knownAt] = at.known
  if (at.said.length === 1 && at.known.length === 1 && saidAt !== undefined && knownAt !== undefined)
    return `${placeOf(saidAt, said)} is ${charName(said[saidAt])}, not ${charName(known[knownAt])}.`
  if (at.said.length === 0 && at.known.length === 1 && knownAt !== undefined)
    return `${charName(known[knownAt], true)} is missing.`
  if (at.known.length === 0 && at.said.length === 1 && saidAt !== undefined)
    return `${charName(said[saidAt], true)} is too many.`
  if (kind === 'capitals') return 'Capitals and small letters differ; in AE titles they count.'
  if (kind === 'blanks') return 'Blanks differ.'
  if (kind === 'signs') return 'Hyphens, underscores, dots or blanks differ.'
  if (kind === 'look-alikes') return 'Characters that look alike differ, such as O and 0, or I, l and 1.'
  return 'It differs in very little.'
}

function placeOf(index: number, text: string): string {
  if (index === text.length - 1) return 'The last character'
  return index === 0 ? 'The first character' : `Character ${index + 1}`
}

const SIGN_NAMES: Readonly<Record<string, string>> = {
  _: 'an underscore',
  '-': 'a hyphen',
  ' ': 'a blank',
  '.': 'a dot',
}

function charName(char: string | undefined, atStart = false): string {
  const name = nameOf(char ?? '')
  return atStart ? name.charAt(0).toUpperCase() + name.slice(1) : name
}

function nameOf(char: string): string {
  if (SIGN_NAMES[char]) return SIGN_NAMES[char]
  if (/\d/.test(char)) return `the digit ${char}`
  if (/[a-z]/.test(char)) return `a small letter ${char.toUpperCase()}`
  if (/[A-Z]/.test(char)) return `a capital letter ${char}`
  return `the sign ${char}`
}
