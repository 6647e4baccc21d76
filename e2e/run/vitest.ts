import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { note, withoutColours } from './notes.ts'
import { type Heard, stepHeard } from './step.ts'
import type { Tally } from './tally.ts'
import { type ReadTestLog, readTestLog, type TestedFile } from './testLog.ts'
import { isFinished, wrongFiles } from './wrongFiles.ts'

/** Longer than any test with its second try; the reporter prints a dot after each. */
const SILENT_MS = 420_000
/** What the browser's tests need after this. */
const LEFT_FOR_OTHERS_MS = 300_000
const OF_WORKERS = '[vitest-pool]'
/** A change that breaks more than this needs no second opinion. */
const MOST_FILES_AGAIN = 10

/**
 * Runs vitest and counts it. Where CI is set, a file that failed, hung, or threw outside its tests is tried once more
 * when all others are through: what passes then, with the machine to itself, is told as FLAKY.
 */
export async function runVitest(): Promise<Tally> {
  const { heard, ...first } = await once([])
  if (heard.stuck === 'done')
    note({ kind: 'FLAKY', name: 'vitest: its tests ended, the process did not', text: heard.end })
  const wrong = wrongFiles(first)
  const failed = [...wrong.keys()].filter((file) => first.files.get(file))
  const isAgain = process.env.CI && wrong.size > 0 && failed.length <= MOST_FILES_AGAIN
  const last = isAgain ? await again(first, [...wrong.keys()]) : first
  const stillWrong = wrongFiles(last)
  for (const [file, text] of wrong)
    if (!stillWrong.has(file)) note({ kind: 'FLAKY', name: `${file} passed when it was tried again, alone`, text })
  for (const [file, text] of stillWrong) noteFailures(file, last.files.get(file), text)
  const tally = count(last.files, stillWrong)
  for (const { file, text } of last.unhandled)
    if (file === null) {
      tally.failed += 1
      note({ kind: 'FAILED', name: 'vitest: thrown outside any test', text })
    }
  if (tally.failed === 0 && heard.code !== 0 && wrong.size === 0) {
    tally.failed += 1
    const name = `vitest: no test failed, but exit code ${heard.code}`
    note({ kind: 'FAILED', name, text: withoutColours(heard.end).slice(-2000) })
  }
  return tally
}

/** These files once more; all others as they were. */
async function again(first: ReadTestLog, names: string[]): Promise<ReadTestLog> {
  console.log(`Once more: ${names.join(', ')}`)
  const second = await once([...names, '--maxWorkers=2'])
  const files = new Map([...first.files, ...names.map((file) => [file, second.files.get(file)] as const)])
  // What vitest says of a worker that died names no file; the file that did not come to its end does.
  const hasDied = names.some((file) => !isFinished(first.files.get(file)))
  const before = first.unhandled.filter(({ file, text }) => file === null && !(hasDied && text.includes(OF_WORKERS)))
  return { ...second, files, unhandled: [...before, ...second.unhandled] }
}

async function once(args: string[]): Promise<ReadTestLog & { heard: Heard }> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-report-'))
  const log = join(folder, 'log')
  try {
    const heard = await stepHeard('vitest', ['run', ...args], {
      isDone: () => readTestLog(log).isWhole,
      silentMs: SILENT_MS,
      marginMs: LEFT_FOR_OTHERS_MS,
      environment: { VITEST_LOG: log },
    })
    return { heard, ...readTestLog(log) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function noteFailures(file: string, tested: TestedFile | undefined, text: string): void {
  const failed = tested?.tests.filter(({ state }) => state === 'failed') ?? []
  for (const { name, errors } of failed) note({ kind: 'FAILED', name: `${file}: ${name}`, text: errors.join('\n') })
  if (failed.length === 0) note({ kind: 'FAILED', name: file, text })
}

/** A file that is wrong otherwise than by a test of its own counts as one. Where CI is set none may be skipped whole. */
function count(files: ReadonlyMap<string, TestedFile | undefined>, wrong: ReadonlyMap<string, string>): Tally {
  const sum = { passed: 0, failed: 0, skipped: 0 }
  for (const [file, tested] of files) {
    const tests = tested?.tests ?? []
    const of = (state: string) => tests.filter((one) => one.state === state).length
    sum.passed += of('passed')
    sum.skipped += of('skipped')
    sum.failed += of('failed') || (wrong.has(file) ? 1 : 0)
    // What failed at first keeps its errors when it passes at its second try.
    for (const { name, state, errors } of tests)
      if (state === 'passed' && errors.length > 0)
        note({ kind: 'FLAKY', name: `${file}: ${name} passed at its second try`, text: errors.join('\n') })
    if (tests.length === 0 || of('skipped') < tests.length || wrong.has(file)) continue
    note({ kind: 'SKIPPED', name: file, text: '' })
    if (process.env.CI) sum.failed += 1
  }
  return sum
}
