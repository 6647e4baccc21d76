import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { note } from './notes.ts'
import { type Report, readPlaywrightReport } from './reports.ts'
import { step } from './step.ts'
import type { Tally } from './tally.ts'

/** Only Electron's runtime may be missing where `CI` is set: any other skipped test counts as failed there. */
const MAY_BE_SKIPPED = /(^|\/)electron\.spec\.ts$/

/** Runs one project of playwright.config.ts and counts it. */
export async function runPlaywright(project: string, args: string[] = []): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-report-'))
  const file = join(folder, 'report.json')
  try {
    const code = await step('playwright', ['test', `--project=${project}`, '--reporter=list,json', ...args], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    })
    const report = readPlaywrightReport(file)
    for (const one of report.notes) note(one)
    const tally = forbidSkips(report)
    if (code === 0 || tally.failed > 0) return tally
    note({ kind: 'FAILED', name: project, text: `No test failed, but playwright ended with exit code ${code}.` })
    return { ...tally, failed: 1 }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    console.error(`${project}: no report (${text})`)
    note({ kind: 'FAILED', name: `${project}: no report`, text })
    return { passed: 0, failed: 1, skipped: 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function forbidSkips({ skippedFiles, passed, failed, skipped }: Report & { skippedFiles: string[] }): Tally {
  if (!process.env.CI) return { passed, failed, skipped }
  const wrong = skippedFiles.filter((file) => !MAY_BE_SKIPPED.test(file)).length
  if (wrong > 0) console.error(`${wrong} tests were skipped where nothing may be skipped.`)
  return { passed, failed: failed + wrong, skipped: skipped - wrong }
}
