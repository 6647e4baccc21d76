import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { step } from '../run/step.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { board } from './board.ts'
import { type CtFiles, writeCtFiles } from './ctFiles.ts'
import { dicomweb } from './dicomweb.ts'
import { findBesideOrthanc } from './find.ts'
import { lagWhileReceiving } from './lag.ts'
import { list } from './list.ts'
import { seconds } from './measure.ts'
import { million } from './million.ts'
import { orders } from './orders.ts'
import { heading, line } from './printed.ts'
import { queue } from './queue.ts'
import { receiveFour, receiveOne, receiveSixteen } from './receive.ts'
import { receiveLarge } from './receiveLarge.ts'
import { receiveSmall } from './receiveSmall.ts'
import { restart } from './restart.ts'
import { retrieve } from './retrieve.ts'
import { brokenRow, type Row } from './row.ts'
import type { Context, Scenario } from './scenario.ts'
import { scroll } from './scroll.ts'
import { send } from './send.ts'
import { tls } from './tls.ts'
import { viewer } from './viewer.ts'
import { memory } from './viewerMemory.ts'
import { whileRetrieving } from './whileRetrieving.ts'
import { worklist } from './worklist.ts'

const SCENARIOS: Scenario[] = [
  receiveOne,
  receiveFour,
  receiveSixteen,
  receiveSmall,
  receiveLarge,
  restart,
  send,
  queue,
  viewer,
  memory,
  whileRetrieving,
  scroll,
  list,
  findBesideOrthanc,
  million,
  lagWhileReceiving,
  tls,
  retrieve,
  dicomweb,
  worklist,
  orders,
  board,
]

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
  },
})
const chosen = chosenBy((flags.only ?? '').split(','))
if (chosen.length === 0) {
  console.error(
    `No part of the bench is called ${flags.only}. There are: ${SCENARIOS.map(({ name }) => name).join(', ')}`,
  )
  process.exit(2)
}
if ((await step('npm', ['run', '--silent', 'build'])) !== 0) process.exit(2)

const rows = await measureAll()
const missed = rows.filter((row) => !row.pass)
console.log(missed.length === 0 ? 'Every target met.' : `${missed.length} of ${rows.length} rows missed their target.`)
// One run on a busy machine proves nothing: --quick only informs.
process.exitCode = missed.length > 0 && !flags.quick ? 1 : 0

/** A whole name means that part alone: `receive-1` stands in `receive-16`, too. */
function chosenBy(names: readonly string[]): Scenario[] {
  const isMeant = ({ name }: Scenario, asked: string) =>
    SCENARIOS.some((one) => one.name === asked) ? name === asked : name.includes(asked)
  return SCENARIOS.filter((scenario) => names.some((asked) => isMeant(scenario, asked)))
}

async function measureAll(): Promise<Row[]> {
  using folder = temporaryFolder()
  let files: CtFiles | undefined
  const context: Context = {
    runs: flags.quick ? 1 : Math.max(1, Math.trunc(Number(flags.runs)) || 1),
    quick: flags.quick,
    ctFiles: () => {
      files ??= writeCtFiles(join(folder.path, 'ct'))
      return files
    },
  }
  console.log(`${context.runs} runs each: median (least to greatest)`)
  console.log(heading)
  const all: Row[] = []
  for (const { name, run } of chosen) {
    let measured: Row[] = []
    const took = await seconds(async () => {
      measured = await run(context).catch((error: unknown) => [
        brokenRow(name, error instanceof Error ? error.message : String(error)),
      ])
    })
    for (const row of measured) console.log(line(row))
    console.log(`  ${name} took ${took.toFixed(0)} s`)
    all.push(...measured)
    // After each part: what a run that is ended has measured is not lost.
    if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(all, null, 2)}\n`)
  }
  return all
}
