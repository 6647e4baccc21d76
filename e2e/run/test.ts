import { installMissingPackages } from './debianPackages.ts'
import { note } from './notes.ts'
import { runPlaywright } from './playwright.ts'
import { step } from './step.ts'
import { conclude, sum, type Tally } from './tally.ts'
import { runVitest } from './vitest.ts'

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

function inWords({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
