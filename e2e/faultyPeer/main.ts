import { parseArgs } from 'node:util'
import { keepCompiled } from '../run/keepCompiled.ts'
import { lastWord } from '../run/lastWord.ts'
import { note } from '../run/notes.ts'
import { step } from '../run/step.ts'
import { conclude, sum, type Tally } from '../run/tally.ts'
import { type Bed, openBed } from './bed.ts'
import { alone, calling, listening } from './cases.ts'
import type { FaultyCase } from './faultyCase.ts'

/** After each of so many tries at a case its memory may be back; what still grows then is kept by the workstation. */
const MEMORY_TRIES = 4
const CASE_MAX_MS = 90_000
/** At a case that did not pass beside the others. */
const MORE_TRIES = 4

// usage: main.ts [--only TEXT] [--built]: the cases whose names hold it; with the page as it was built before
const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, built: { type: 'boolean', default: false } },
})
keepCompiled()
if (!values.built && (await step('npm', ['run', '--silent', 'build'])) !== 0) process.exit(1)

const underWay = new Set<string>()
let passed = 0
lastWord(() => ({
  tally: { passed, failed: 0, skipped: 0 },
  underWay: `faulty: ${[...underWay].join(', ') || 'starting or stopping a workstation'}`,
}))

// Most of a case is waiting, most of all for a peer that we called: three workstations share the cases.
const everyOther = (rest: number) => calling.filter((_, at) => at % 2 === rest)
const sideBySide = await Promise.all([listening, everyOther(0), everyOther(1)].map(examineAll))
conclude(sum([...sideBySide, await examineAll(alone)]))
// What an abandoned peer still holds open ends here; the workstations have stopped.
process.exit()

async function examineAll(all: FaultyCase[]): Promise<Tally> {
  const chosen = all.filter(({ name }) => name.includes(values.only))
  if (chosen.length === 0) return { passed: 0, failed: 0, skipped: 0 }
  await using bed = await openBed().catch((error: unknown) => {
    note({ kind: 'FLAKY', name: 'faulty: a workstation was ready at the second try', text: String(error) })
    return openBed()
  })
  const atFirst = bed.watch.baselineBytes
  const again: { one: FaultyCase; problems: string[] }[] = []
  for (const one of chosen) {
    const problems = await timed(one, bed)
    if (problems.length > 0) again.push({ one, problems })
  }
  let failed = 0
  for (const { one, problems } of again) {
    // A machine that stands still for a second looks like a workstation that does: again, best when it goes on.
    let isExcused = false
    for (let tries = 0; tries < MORE_TRIES && !isExcused && bed.watch.isWhole; tries += 1) {
      await bed.watch.calm()
      isExcused = (await timed(one, bed)).length === 0
    }
    const text = problems.join('\n')
    if (isExcused) note({ kind: 'FLAKY', name: `faulty: ${one.name} passed at a further try`, text })
    else note({ kind: 'FAILED', name: `faulty: ${one.name}`, text })
    if (!isExcused) failed += 1
  }
  const atLast = (await bed.watch.memory()).bytes
  console.log(
    `memory, garbage collected: ${megabytes(atFirst)} MB before the first case, ${megabytes(atLast)} MB after the last; slowest innocent echo ${Math.round(bed.watch.slowestEchoMs)} ms`,
  )
  return { passed: chosen.length - failed, failed, skipped: 0 }
}

async function timed(one: FaultyCase, bed: Bed): Promise<string[]> {
  const startedAt = performance.now()
  underWay.add(one.name)
  const problems = bed.watch.isWhole ? await examine(one, bed) : ['the workstation is no longer whole: not tried']
  underWay.delete(one.name)
  if (problems.length === 0) passed += 1
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${one.name} (${seconds} s)`)
  for (const problem of problems) console.log(`         ${problem}`)
  return problems
}

async function examine(one: FaultyCase, { victim, watch }: Bed): Promise<string[]> {
  watch.begin()
  const problems: string[] = []
  for (let tries = 1; ; tries += 1) {
    try {
      await withinTime(one.run(victim))
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
    }
    problems.push(...(await watch.problems()))
    if (problems.length > 0) return problems
    const before = watch.baselineBytes
    const { bytes, isBack } = await watch.memory()
    if (isBack) return []
    // Pools and code that is used for the first time stay; a case that leaks leaves as much at each try.
    watch.baselineBytes = bytes
    if (tries === MEMORY_TRIES) return [`memory: ${megabytes(before)} MB became ${megabytes(bytes)} MB at try ${tries}`]
  }
}

async function withinTime(run: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not over after ${CASE_MAX_MS / 1000} s`)), CASE_MAX_MS)
  })
  await Promise.race([run, late])
  clearTimeout(timer)
}

function megabytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(0)
}
