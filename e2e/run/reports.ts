import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { z } from 'zod'
import type { Note } from './notes.ts'
import { root } from './step.ts'
import type { Tally } from './tally.ts'

/** What a runner's report says: how many, and which of them went not as they should. */
export interface Report extends Tally {
  notes: Note[]
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).default([]) }),
      ),
    }),
  ),
})

/** Counts vitest's JSON report. A file that failed before its first test counts as one failure. */
export function readVitestReport(file: string): Report & { skippedFiles: string[] } {
  const report = vitestReport.parse(JSON.parse(readFileSync(file, 'utf8')))
  const notes: Note[] = []
  const skippedFiles: string[] = []
  let brokenFiles = 0
  for (const { name, status, message, assertionResults } of report.testResults) {
    const path = relative(root, name)
    const isSkipped = (one: { status: string }) => one.status !== 'passed' && one.status !== 'failed'
    for (const one of assertionResults) {
      const text = one.failureMessages.join('\n')
      if (one.status === 'failed') notes.push({ kind: 'FAILED', name: `${path}: ${one.fullName}`, text })
      // What failed at first keeps its errors when it passes at its second try.
      else if (one.status === 'passed' && text !== '')
        notes.push({ kind: 'FLAKY', name: `${path}: ${one.fullName} passed at its second try`, text })
    }
    if (status === 'failed' && !assertionResults.some((one) => one.status === 'failed')) {
      if (assertionResults.length === 0) brokenFiles += 1
      notes.push({ kind: 'FAILED', name: path, text: message })
    } else if (assertionResults.length > 0 && assertionResults.every(isSkipped)) {
      skippedFiles.push(name)
      notes.push({ kind: 'SKIPPED', name: path, text: '' })
    }
  }
  return {
    skippedFiles,
    notes,
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

const failure = z.object({ message: z.string().default('') })
const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
      annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })),
      results: z.array(z.object({ errors: z.array(failure).default([]) })).default([]),
    }),
  ),
})
interface PlaywrightSuite {
  specs: z.infer<typeof playwrightSpec>[]
  suites?: PlaywrightSuite[] | undefined
}
const playwrightSuite: z.ZodType<PlaywrightSuite> = z.lazy(() =>
  z.object({ specs: z.array(playwrightSpec), suites: z.array(playwrightSuite).optional() }),
)
const playwrightReport = z.object({ suites: z.array(playwrightSuite), errors: z.array(failure) })

/** Counts Playwright's JSON report. An error outside any test is a failure. */
export function readPlaywrightReport(file: string): Report & { skippedFiles: string[] } {
  const report = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')))
  const notes: Note[] = report.errors.map(({ message }) => ({
    kind: 'FAILED',
    name: 'outside any test',
    text: message,
  }))
  const skippedFiles: string[] = []
  let passed = 0
  let failed = report.errors.length
  for (const spec of report.suites.flatMap(specsOf)) {
    const name = `${spec.file}: ${spec.title}`
    for (const { status, annotations, results } of spec.tests) {
      const [text = ''] = results.flatMap(({ errors }) => errors.map(({ message }) => message)).filter(Boolean)
      if (status === 'expected' || status === 'flaky') passed += 1
      if (status === 'flaky') notes.push({ kind: 'FLAKY', name: `${name} passed at its second try`, text })
      else if (status === 'skipped') {
        skippedFiles.push(spec.file)
        const why = annotations.find((annotation) => annotation.type === 'skip')?.description ?? 'no reason given'
        notes.push({ kind: 'SKIPPED', name, text: why })
      } else if (status === 'unexpected') {
        failed += 1
        notes.push({ kind: 'FAILED', name, text })
      }
    }
  }
  return { passed, failed, skipped: skippedFiles.length, skippedFiles, notes }
}

function specsOf(suite: PlaywrightSuite): z.infer<typeof playwrightSpec>[] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)]
}
