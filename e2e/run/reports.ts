import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { UNFORGIVEN } from './unforgiven.ts'

const failure = z.object({ message: z.string().default('') })
const spec = z.object({
  id: z.string(),
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
type Spec = z.infer<typeof spec>
interface Suite {
  specs: Spec[]
  suites?: Suite[] | undefined
}
const suite: z.ZodType<Suite> = z.lazy(() => z.object({ specs: z.array(spec), suites: z.array(suite).optional() }))
const playwrightReport = z.object({ suites: z.array(suite), errors: z.array(failure) })

/** How one of Playwright's tests went. */
export interface Outcome {
  id: string
  /** Its file and its title. */
  name: string
  file: string
  status: 'passed' | 'failed' | 'flaky' | 'skipped'
  /** The error, or why it was skipped. */
  text: string
}

/** Playwright's JSON report: its tests, and what went wrong outside of them. */
export function readPlaywrightReport(file: string): { outcomes: Outcome[]; errors: string[] } {
  const report = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')))
  const outcomes = report.suites.flatMap(specsOf).flatMap(outcomesOf)
  return { outcomes, errors: report.errors.map(({ message }) => message) }
}

function specsOf(one: Suite): Spec[] {
  return [...one.specs, ...(one.suites ?? []).flatMap(specsOf)]
}

const STATUSES = { expected: 'passed', unexpected: 'failed', flaky: 'flaky', skipped: 'skipped' } as const

function outcomesOf({ id, title, file, tests }: Spec): Outcome[] {
  return tests.map(({ status, annotations, results }) => {
    const errors = results.flatMap((result) => result.errors.map(({ message }) => message)).filter(Boolean)
    const unforgiven = errors.find((message) => message.includes(UNFORGIVEN))
    const why = annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given'
    return {
      ...{ id, file, name: `${file}: ${title}` },
      status: status === 'flaky' && unforgiven ? 'failed' : STATUSES[status],
      text: status === 'skipped' ? why : (unforgiven ?? errors[0] ?? ''),
    }
  })
}
