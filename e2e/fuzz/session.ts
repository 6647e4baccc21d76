import { mutate } from './mutate.ts'
import { type Random, random } from './random.ts'
import type { Side, Tape } from './tape.ts'

/** What we say, and whether we listen for an answer before we go on. */
export interface Step {
  bytes: Buffer
  listen: boolean
}

export interface Session {
  number: number
  name: string
  /** Which side of the recording we play. */
  side: Side
  steps: Step[]
  mutated: number
  /** Split into parts of this size, 0: as it is. */
  crumbs: number
}

/** A call of the workstation takes longer than a call to it. */
const CALLED_ONE_IN = 16

/** Recordings by the side that can be played against the workstation. */
export interface Library {
  caller: Tape[]
  called: Tape[]
  /** Every PDU that was heard, to be put where it does not belong. */
  all: Buffer[]
}

/** Session `number` of a seed: always the same, whatever came before. */
export function sessionOf(seed: number, number: number, library: Library): Session {
  const dice = random(seed, number)
  const side: Side = library.called.length > 0 && dice.once(CALLED_ONE_IN) ? 'called' : 'caller'
  const tape = dice.pick(library[side])
  const steps: Step[] = []
  let mutated = 0
  for (const [index, { from, bytes }] of tape.pdus.entries()) {
    if (from !== side) continue
    const isMutated = isChosen(dice, bytes)
    if (isMutated) mutated += 1
    const listen = tape.pdus[index + 1]?.from !== side
    const said = isMutated ? mutate(bytes, dice, library.all) : [bytes]
    steps.push({ bytes: Buffer.concat(said), listen })
  }
  return { number, name: tape.name, side, steps, mutated, crumbs: dice.once(10) ? dice.pick([1, 7, 100]) : 0 }
}

/** The request is left alone more often: where it is refused, nothing behind it is reached. */
function isChosen(dice: Random, bytes: Buffer): boolean {
  return dice.once(bytes[0] === 1 || bytes[0] === 2 ? 5 : 2)
}
