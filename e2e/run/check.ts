import { note, withoutColours } from './notes.ts'
import { stepHeard } from './step.ts'
import { conclude } from './tally.ts'

/** `npm run check`: everything that can be said of the sources without running the product. Cheapest first. */
const CHECKS: [name: string, program: string, args: string[]][] = [
  ['format and lint', 'biome', ['check', '--error-on-warnings']],
  ['types', 'tsc', ['-b']],
  // Not e2e: dependency-cruiser cannot read `using` yet, and no rule points there but the product's own.
  [
    'import rules',
    'depcruise',
    ['--config', '.dependency-cruiser.config.mjs', '--output-type', 'err-long', 'shared', 'electron', 'renderer'],
  ],
  ['unused code', 'knip', []],
  ['spelling', 'cspell', ['lint', '--no-progress', '--quiet', '--cache', '--cache-location', '.cache/cspell', '.']],
  ['source rules', 'vitest', ['run', '--reporter=dot', 'e2e/rules']],
]

const failed: string[] = []
for (const [name, program, args] of CHECKS) {
  const startedAt = Date.now()
  const { code, end } = await stepHeard(program, args)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`)
  if (code === 0) continue
  failed.push(name)
  note({ kind: 'FAILED', name: `check: ${name}`, text: firstComplaint(end) })
}
if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`)
conclude({ passed: CHECKS.length - failed.length, failed: failed.length, skipped: 0 })

/** From the first line that complains: a linter shows its rows of dots before it. */
function firstComplaint(end: string): string {
  const lines = withoutColours(end).split('\n')
  const first = lines.findIndex((line) => /error|FAIL|Unknown word|unused|×|━/i.test(line))
  return lines.slice(Math.max(first, 0)).join('\n')
}
