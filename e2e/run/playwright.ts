import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { msLeft } from './deadline.ts'
import { note } from './notes.ts'
import { type Outcome, readPlaywrightReport } from './reports.ts'
import { root, stepHeard } from './step.ts'
import type { Tally } from './tally.ts'
import { UNFORGIVEN } from './unforgiven.ts'

/** Only Electron's runtime may be missing where `CI` is set: any other skipped test counts as failed there. */
const MAY_BE_SKIPPED = /(^|\/)electron\.spec\.ts$/
/** A change that breaks more than this needs no second opinion. */
const MOST_AGAIN = 8
/** After its last test a worker closes its browser and ends; Playwright itself would wait for five minutes. */
const WORKER_ENDS_MS = 60_000
/** From where Playwright stops its workers to where it has written what it knows. */
const REPORT_MS = WORKER_ENDS_MS + 40_000
const DID_NOT_END = /did not exit within \d+ms/

type Report = ReturnType<typeof readPlaywrightReport>

/**
 * Runs one project of playwright.config.ts and counts it. Where CI is set, what failed twice beside others is tried once
 * more when all others are through: what passes then, with the machine to itself, is told as FLAKY.
 */
export async function runPlaywright(project: string, args: string[] = []): Promise<Tally> {
  try {
    const { code, report } = await once(project, args)
    const failed = report.outcomes.filter(({ status }) => status === 'failed')
    const isAgain = process.env.CI && failed.length > 0 && failed.length <= MOST_AGAIN && failed.every(isForgiven)
    const outcomes = isAgain ? await again(project, args, report.outcomes) : report.outcomes
    const tally = count(outcomes, report.errors)
    if (code === 0 || tally.failed > 0 || failed.length > 0) return tally
    if (report.errors.length > 0) return tally
    note({ kind: 'FAILED', name: project, text: `No test failed, but playwright ended with exit code ${code}.` })
    return { ...tally, failed: 1 }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    console.error(`${project}: no report (${text})`)
    note({ kind: 'FAILED', name: `${project}: no report`, text })
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

const isForgiven = ({ text }: Outcome) => !text.includes(UNFORGIVEN)

async function once(project: string, args: string[]): Promise<{ code: number; report: Report }> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-report-'))
  const file = join(folder, 'report.json')
  const left = msLeft() - REPORT_MS
  const limit = Number.isFinite(left) ? [`--global-timeout=${Math.max(Math.round(left), 1000)}`] : []
  try {
    // Its workers decode, too: see docs/adr/0008.
    const program = ['--no-memory-protection-keys', join(root, 'node_modules', '@playwright', 'test', 'cli.js')]
    const { code, stuck } = await stepHeard(
      process.execPath,
      [...program, 'test', `--project=${project}`, '--reporter=list,json', ...limit, ...args],
      {
        isDone: () => existsSync(file),
        environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: file, PWTEST_CHILD_PROCESS_TIMEOUT: String(WORKER_ENDS_MS) },
      },
    )
    if (stuck === 'done')
      note({ kind: 'FLAKY', name: `${project}: its tests ended, the process did not`, text: 'Playwright was ended.' })
    return { code, report: readPlaywrightReport(file) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What failed once more, one after the other. */
async function again(project: string, args: string[], first: Outcome[]): Promise<Outcome[]> {
  console.log('Once more, alone: what failed.')
  const { report } = await once(project, [...args, '--last-failed', '--retries=0', '--workers=1'])
  const second = new Map(report.outcomes.map((one) => [one.id, one]))
  return first.map((one) => {
    const then = second.get(one.id)
    if (one.status !== 'failed' || !then) return one
    return then.status === 'passed' ? { ...one, status: 'flaky' } : { ...then, text: then.text || one.text }
  })
}

function count(outcomes: readonly Outcome[], errors: readonly string[]): Tally {
  const tally = { passed: 0, failed: 0, skipped: 0 }
  for (const text of errors) {
    const isFlaky = DID_NOT_END.test(text)
    note({ kind: isFlaky ? 'FLAKY' : 'FAILED', name: 'outside any test', text })
    if (!isFlaky) tally.failed += 1
  }
  let wrong = 0
  for (const { status, name, file, text } of outcomes) {
    if (status === 'failed') {
      tally.failed += 1
      note({ kind: 'FAILED', name, text })
    } else if (status === 'skipped') {
      const isWrong = process.env.CI && !MAY_BE_SKIPPED.test(file)
      if (isWrong) wrong += 1
      else tally.skipped += 1
      note({ kind: 'SKIPPED', name, text })
    } else {
      tally.passed += 1
      if (status === 'flaky') note({ kind: 'FLAKY', name: `${name} passed at a further try`, text })
    }
  }
  if (wrong > 0) console.error(`${wrong} tests were skipped where nothing may be skipped.`)
  return { ...tally, failed: tally.failed + wrong }
}
