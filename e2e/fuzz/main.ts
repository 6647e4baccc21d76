import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { INSPECTED } from '../faultyPeer/threads.ts'
import { Watch } from '../faultyPeer/watch.ts'
import { lastWord } from '../run/lastWord.ts'
import { note } from '../run/notes.ts'
import { step } from '../run/step.ts'
import { conclude, nothing, sum, type Tally } from '../run/tally.ts'
import { addServer } from '../workstation/addServer.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { openAnswering } from './answering.ts'
import { decodeMutated } from './decoders.ts'
import { Fuzzer } from './fuzzer.ts'
import { RECORDED_AE_TITLE, record, startDestination } from './recordings.ts'
import type { Library } from './session.ts'

// usage: main.ts [--seed N] [--count PDUS] [--only SESSION] [--built]
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    count: { type: 'string', default: '100000' },
    only: { type: 'string' },
    built: { type: 'boolean', default: false },
  },
})
const [seed, count] = [Number(values.seed), Number(values.count)]
if (!values.built && (await step('npm', ['run', '--silent', 'build'])) !== 0) process.exit(1)

lastWord(() => ({ tally: nothing, underWay: `fuzz: --seed ${seed}` }))
conclude(await fuzz())
// What an abandoned peer still holds open ends here; the workstation has stopped.
process.exit()

async function fuzz(): Promise<Tally> {
  using folder = temporaryFolder()
  using scratch = temporaryFolder()
  await using destination = await startDestination(join(scratch.path, 'moved'))
  await using workstation = await startWorkstation({
    dataFolder: join(folder.path, 'data'),
    under: INSPECTED,
    enable: 'qr,commitment',
  })
  using connection = await connect(workstation.url)
  const { ask } = connection
  await ask.settings.update({ dimseTimeoutSeconds: 2, requestTimeoutSeconds: 2, artimTimeoutSeconds: 3 })
  await addServer(ask, { name: 'Recorded', aeTitle: RECORDED_AE_TITLE, port: destination.port })
  const library = await record(scratch.path, workstation, connection)
  const names = [...new Set([...library.caller, ...library.called].map(({ name }) => name))]
  console.log(`seed ${seed}; ${library.all.length} PDUs recorded: ${names.join(', ')}`)

  const study = await until('a study', async () => (await ask.studies.list({ offset: 0, limit: 1 })).rows[0])
  using answering = await openAnswering(connection, study.studyId, Fuzzer.atATime)
  await using watch = await Watch.open(folder.path, workstation)
  const fuzzer = new Fuzzer({ seed, library, answering, watch, port: workstation.dicomPort })
  const isReplay = values.only !== undefined
  const broken = isReplay ? await fuzzer.replay(Number(values.only)) : await fuzzer.run(count)
  const thrown = isReplay ? [] : decodeAll(library.all)
  for (const line of [...broken, ...thrown]) {
    console.log(`FAILED ${line}`)
    note({ kind: 'FAILED', name: 'fuzz', text: line })
  }
  console.log(`seed ${seed}: ${fuzzer.mutated} mutated PDUs on the wire, ${isReplay ? 0 : count} into each decoder`)
  // Two layers, one test each: PDUs are no tests.
  return sum(
    [broken, isReplay ? broken : thrown].map(({ length }) => ({ passed: length ? 0 : 1, failed: length, skipped: 0 })),
  )
}

/** As many mutated PDUs once more, straight to the decoders. */
function decodeAll(recorded: Library['all']): string[] {
  const failures: string[] = []
  for (let number = 0; number < count && failures.length < 5; number += 1) {
    const failure = decodeMutated(seed, number, recorded)
    if (failure !== undefined) failures.push(`--seed ${seed}, decoders, ${number}: ${failure}`)
  }
  return failures
}
