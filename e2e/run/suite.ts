import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { printPeers, recordPeers } from '../conformance/results.ts'
import { withoutPynetdicom } from '../peers/pynetdicom.ts'
import { installMissingPackages } from './debianPackages.ts'
import { note } from './notes.ts'
import { runPlaywright } from './playwright.ts'
import { step } from './step.ts'
import { conclude } from './tally.ts'

// usage: suite.ts conformance|crash|corpus [--kills N] [--stores N] [--sends N] [--send-kills N] [--order-kills N] [--order-seconds N] [--list-kills N] [--retrieves N] [--retrieve-kills N] [--record] [arguments of playwright test]
const FLAGS = [
  ...['kills', 'stores', 'sends', 'send-kills', 'order-kills', 'order-seconds', 'list-kills'],
  ...['retrieves', 'retrieve-kills'],
]
const [project, ...given] = process.argv.slice(2)
if (!project) throw new Error('Which suite? conformance, crash or corpus.')
const isRecorded = given.includes('--record')
const args = settings(given.filter((flag) => flag !== '--record'))
installMissingPackages()
const built = await step('npm', ['run', '--silent', 'build'])
const results = join(tmpdir(), `negatoscope-conformance-${process.pid}.jsonl`)
process.env.CONFORMANCE_RESULTS = results
if (built !== 0) note({ kind: 'FAILED', name: project, text: 'The build failed.' })
const tally = built === 0 ? await runPlaywright(project, args) : { passed: 0, failed: 1, skipped: 0 }
if (project === 'conformance') {
  printPeers(results)
  if (withoutPynetdicom !== '') console.log(withoutPynetdicom)
  if (isRecorded && tally.failed === 0) recordPeers(results, { isPart: args.length > 0 })
}
rmSync(results, { force: true })
conclude(tally)

/** Our own flags become the environment of the specs; the others are Playwright's. */
function settings(args: readonly string[]): string[] {
  const rest = [...args]
  for (const name of FLAGS) {
    const at = rest.indexOf(`--${name}`)
    if (at < 0) continue
    const [, value = ''] = rest.splice(at, 2)
    if (!/^[1-9]\d*$/.test(value)) throw new Error(`--${name} takes a number, not "${value}".`)
    process.env[`CRASH_${name.toUpperCase().replace('-', '_')}`] = value
  }
  return rest
}
