import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installMissingPackages } from './debianPackages.ts'
import { runPlaywright } from './playwright.ts'
import { readVitestReport } from './reports.ts'
import { step } from './step.ts'
import { conclude, sum, type Tally } from './tally.ts'

/** `npm test`: unit, contract and service tests (vitest), then the browser's (Playwright). */
installMissingPackages()
const built = await step('npm', ['run', '--silent', 'build'])
if (built !== 0) console.error('The build failed; what does not need it is tested all the same.')
const unit = await runVitest()
const browser = built === 0 ? await runPlaywright('browser') : { passed: 0, failed: 1, skipped: 0 }
console.log(`unit and service ${inWords(unit)}; browser ${inWords(browser)}`)
conclude(sum([unit, browser]))

async function runVitest(): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-report-'))
  const file = join(folder, 'report.json')
  try {
    const code = await step('vitest', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`])
    const { skippedFiles, ...counted } = readVitestReport(file)
    for (const name of skippedFiles) console.log(`SKIPPED ${name}`)
    const forbidden = process.env.CI ? skippedFiles.length : 0
    const tally = { ...counted, failed: counted.failed + forbidden }
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
  } catch (error) {
    console.error(`vitest: no report (${error instanceof Error ? error.message : String(error)})`)
    return { passed: 0, failed: 1, skipped: 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function inWords({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
