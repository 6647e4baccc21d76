import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPlaywrightReport, type Skip } from './reports.ts'
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
    const tally = forbidSkips(report)
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
  } catch (error) {
    console.error(`${project}: no report (${error instanceof Error ? error.message : String(error)})`)
    return { passed: 0, failed: 1, skipped: 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function forbidSkips({ skips, ...tally }: Tally & { skips: Skip[] }): Tally {
  for (const skip of skips) console.log(`SKIPPED ${skip.file}: ${skip.title} - ${skip.why}`)
  if (!process.env.CI) return tally
  const wrong = skips.filter((skip) => !MAY_BE_SKIPPED.test(skip.file))
  if (wrong.length > 0) console.error(`${wrong.length} tests were skipped where nothing may be skipped.`)
  return { passed: tally.passed, failed: tally.failed + wrong.length, skipped: tally.skipped - wrong.length }
}
