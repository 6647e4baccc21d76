import { appendFileSync } from 'node:fs'
import { join } from 'node:path'

/** What somebody who sees only the end of a long output has to know of a test. */
export interface Note {
  kind: 'FAILED' | 'FLAKY' | 'SKIPPED'
  name: string
  /** The error, or why it was skipped. */
  text: string
}

const MOST_LINES = 12
const MOST_CHARACTERS = 200
const IS_OF_RUNNER = /^ *at (new Promise|.*node_modules\/)/

/** Prints a note, and leaves it for the end of `.ci/run` in the folder that CI_NOTES names. */
export function note(one: Note): void {
  const written = inLines(one)
  if (one.kind !== 'FAILED') console.log(written.split('\n', 1)[0])
  const folder = process.env.CI_NOTES
  if (folder) appendFileSync(join(folder, one.kind), `${written}\n`)
}

/** A line of its own for the name, then the beginning of the text, without colours. */
export function inLines({ kind, name, text }: Note): string {
  const lines = withoutColours(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !IS_OF_RUNNER.test(line))
  const [only] = lines
  if (kind === 'SKIPPED') return cut(`SKIPPED ${name}${only === undefined ? '' : ` - ${only}`}`)
  const shown = lines.slice(0, MOST_LINES).map((line) => cut(`    ${line}`))
  return [cut(`${kind} ${name}`), ...shown].join('\n')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with ESC
export const withoutColours = (text: string): string => text.replaceAll(/\u001b\[[\d;]*m/g, '')

const cut = (line: string): string => (line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line)
