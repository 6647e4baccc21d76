import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { step } from '../run/step.ts'
import { conclude } from '../run/tally.ts'
import { type Connection, connect } from '../workstation/connect.ts'
import { startWorkstation, type Workstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { data, value } from './bytes.ts'
import { openCalls } from './calls.ts'
import { cases } from './cases.ts'
import { commandPdu, storeRequest } from './command.ts'
import { associate, type FaultyCase, must, statusOf, type Victim } from './faultyCase.ts'
import { image } from './image.ts'
import { INSPECTED } from './threads.ts'
import { Watch } from './watch.ts'

/** After each of so many tries at a case its memory may be back; what still grows then is kept by the workstation. */
const MEMORY_TRIES = 4
const CASE_MAX_MS = 90_000

// usage: main.ts [--only TEXT] [--built]: the cases whose names hold it; with the page as it was built before
const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, built: { type: 'boolean', default: false } },
})
const chosen = cases.filter(({ name }) => name.includes(values.only))
if (!values.built && (await step('npm', ['run', '--silent', 'build'])) !== 0) process.exit(1)

conclude({ ...(await examineAll()), skipped: 0 })
// What an abandoned peer still holds open ends here; the workstation has stopped.
process.exit()

async function examineAll(): Promise<{ passed: number; failed: number }> {
  using folder = temporaryFolder()
  const dataFolder = join(folder.path, 'data')
  await using workstation = await startWorkstation({ dataFolder, under: INSPECTED, enable: 'qr,commitment' })
  using connection = await connect(workstation.url)
  await using watch = await Watch.open(folder.path, workstation)
  const victim = await prepare(workstation, connection, watch)
  const atFirst = watch.baselineBytes
  let [passed, failed] = [0, 0]
  for (const one of chosen) {
    const startedAt = performance.now()
    const problems = await examine(one, victim, watch)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    if (problems.length === 0) passed += 1
    else failed += 1
    console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${one.name} (${seconds} s)`)
    for (const problem of problems) console.log(`         ${problem}`)
  }
  const atLast = (await watch.memory()).bytes
  console.log(
    `memory, garbage collected: ${megabytes(atFirst)} MB before the first case, ${megabytes(atLast)} MB after the last`,
  )
  return { passed, failed }
}

/** A study to be sent, a server that is faulty, short timeouts, and memory as it is after some work. */
async function prepare(workstation: Workstation, connection: Connection, watch: Watch): Promise<Victim> {
  const { ask } = connection
  await ask.settings.update({
    dimseTimeoutSeconds: 2,
    requestTimeoutSeconds: 2,
    artimTimeoutSeconds: 3,
    idleTimeoutSeconds: 5,
  })
  const port = workstation.dicomPort
  const peer = await associate({ port } as Victim)
  for (let i = 0; i < 60; i += 1) {
    const { sopInstanceUID, dataSet } = image(`good-${i % 3}`, 256)
    peer.send(commandPdu(3, storeRequest(sopInstanceUID, i + 1)))
    peer.send(data(value(3, 2, dataSet)))
    must((await statusOf(peer)) === 0, 'the first images were not stored')
  }
  peer.destroy()
  const study = await until('the study', async () => (await ask.studies.list({ offset: 0, limit: 1 })).rows[0])
  const calls = await openCalls(connection, study.studyId)
  watch.baselineBytes = (await watch.memory()).bytes
  return { port, ask, callOn: calls.callOn }
}

async function examine(one: FaultyCase, victim: Victim, watch: Watch): Promise<string[]> {
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
