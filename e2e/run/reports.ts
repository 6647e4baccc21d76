import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Tally } from './tally.ts'

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
})

/** Counts vitest's JSON report. A file that failed before its first test counts as one failure. */
export function readVitestReport(file: string): Tally & { skippedFiles: string[] } {
  const report = vitestReport.parse(JSON.parse(readFileSync(file, 'utf8')))
  const brokenFiles = report.testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0)
  const isSkipped = ({ status }: { status: string }) => status !== 'passed' && status !== 'failed'
  const skippedFiles = report.testResults.filter(
    (one) => one.assertionResults.length > 0 && one.assertionResults.every(isSkipped),
  )
  return {
    skippedFiles: skippedFiles.map((one) => one.name),
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
      annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })),
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
const playwrightReport = z.object({ suites: z.array(playwrightSuite), errors: z.array(z.unknown()) })

export interface Skip {
  file: string
  title: string
  why: string
}

/** Counts Playwright's JSON report and names what was skipped. An error outside any test is a failure. */
export function readPlaywrightReport(file: string): Tally & { skips: Skip[] } {
  const report = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')))
  const specs = report.suites.flatMap(specsOf)
  const skips: Skip[] = []
  let passed = 0
  let failed = report.errors.length
  for (const spec of specs) {
    for (const test of spec.tests) {
      if (test.status === 'flaky') console.log(`FLAKY ${spec.file}: ${spec.title} passed at its second try`)
      if (test.status === 'expected' || test.status === 'flaky') passed += 1
      else if (test.status === 'skipped') {
        const why = test.annotations.find((annotation) => annotation.type === 'skip')?.description ?? 'no reason given'
        skips.push({ file: spec.file, title: spec.title, why })
      } else failed += 1
    }
  }
  return { passed, failed, skipped: skips.length, skips }
}

function specsOf(suite: PlaywrightSuite): z.infer<typeof playwrightSpec>[] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)]
}
