import { installMissingPackages } from './debianPackages.ts'
import { runPlaywright } from './playwright.ts'
import { step } from './step.ts'
import { conclude } from './tally.ts'

// usage: suite.ts conformance|crash|corpus [arguments of playwright test]
const [project, ...args] = process.argv.slice(2)
if (!project) throw new Error('Which suite? conformance, crash or corpus.')
installMissingPackages()
const built = await step('npm', ['run', '--silent', 'build'])
conclude(built === 0 ? await runPlaywright(project, args) : { passed: 0, failed: 1, skipped: 0 })
