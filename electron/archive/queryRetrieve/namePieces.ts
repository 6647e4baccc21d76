import { fold } from '#shared/dicom/fold.ts'

/** As many as narrow a search; each costs a look into the index. */
const TRIGRAMS_MAX = 12

/** Written with one letter where it ends a word and another elsewhere, so that it cannot be looked for as a part. */
const SIGMA = /[Σσς]/

const isLatin = (text: string) => /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(text)

/**
 * What a PN key says about `name_key` (see fold): every name that matches begins with `prefix` and holds all of
 * `pieces`. A name may match by a group that is not its first where the key is in another script, so then there is no
 * prefix.
 */
export function namePieces(key: string): { prefix: string; pieces: string[] } {
  const groups = key.split('=')
  const pieces = groups
    .flatMap((group) => group.split(/[*?]+/))
    .flatMap((piece) => piece.split(SIGMA))
    // fold makes one space of all these, which may stand at the edge of a piece and not of the name's
    .map((piece) => fold(piece))
    .filter((piece) => piece !== '')
  const [first = ''] = groups
  const literal = first.split(/[*?]/, 1)[0]?.split(SIGMA, 1)[0] ?? ''
  const leads = groups.length > 1 || isLatin(key)
  return { prefix: leads ? fold(literal) : '', pieces }
}

export function trigramsOf(pieces: readonly string[]): string[] {
  const found = new Set<string>()
  for (const piece of pieces) {
    const letters = [...piece]
    for (let at = 0; at + 3 <= letters.length && found.size < TRIGRAMS_MAX; at += 1)
      found.add(letters.slice(at, at + 3).join(''))
  }
  return [...found]
}
