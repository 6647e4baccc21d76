import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installMissingPackages } from './debianPackages.ts'
import { note, withoutColours } from './notes.ts'
import { runPlaywright } from './playwright.ts'
import { readVitestReport } from './reports.ts'
import { step, stepHeard } from './step.ts'
import { conclude, sum, type Tally } from './tally.ts'

/** `npm test`: unit, contract and service tests (vitest), then the browser's (Playwright). */
installMissingPackages()
const built = await step('npm', ['run', '--silent', 'build'])
if (built !== 0) {
  console.error('The build failed; what does not need it is tested all the same.')
  note({ kind: 'FAILED', name: 'browser', text: 'The build failed.' })
}
const unit = await runVitest()
const browser = built === 0 ? await runPlaywright('browser') : { passed: 0, failed: 1, skipped: 0 }
console.log(`unit and service ${inWords(unit)}; browser ${inWords(browser)}`)
conclude(sum([unit, browser]))

async function runVitest(): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-report-'))
  const file = join(folder, 'report.json')
  const run = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  let end = ''
  try {
    const heard = await stepHeard('vitest', run, () => existsSync(file))
    end = heard.end
    if (heard.isStuck) note({ kind: 'FLAKY', name: 'vitest: its tests ended, the process did not', text: end })
    const code = heard.code === 0 && heard.isStuck && UNHANDLED.test(withoutColours(end)) ? 1 : heard.code
    const { notes, skippedFiles, passed, failed, skipped } = readVitestReport(file)
    for (const one of notes) note(one.kind === 'FAILED' ? { ...one, text: told(end, one.name) ?? one.text } : one)
    const forbidden = process.env.CI ? skippedFiles.length : 0
    const tally = { passed, failed: failed + forbidden, skipped }
    if (code === 0 || tally.failed > 0) return tally
    note({ kind: 'FAILED', name: `vitest: no test failed, but exit code ${code}`, text: unhandled(end) })
    return { ...tally, failed: 1 }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    console.error(`vitest: no report (${text})`)
    note({ kind: 'FAILED', name: `vitest: no report (${text})`, text: unhandled(end) })
    return { passed: 0, failed: 1, skipped: 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What vitest prints of a failed test says more than its report: what was expected, and what came. */
function told(end: string, name: string): string | undefined {
  const lines = withoutColours(end).split('\n')
  const at = lines.findIndex(
    (line) => line.startsWith(' FAIL ') && line.replaceAll(' > ', ' ').includes(name.replace(': ', ' ')),
  )
  return at < 0 ? undefined : lines.slice(at + 1, at + 40).join('\n')
}

const UNHANDLED = /Unhandled (Error|Rejection)/

/** What was thrown outside any test stands in no report. */
function unhandled(end: string): string {
  const text = withoutColours(end)
  return text.slice(Math.max(text.search(UNHANDLED), 0))
}

function inWords({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
