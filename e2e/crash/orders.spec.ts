import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { databasePath } from '#electron/archive/archivePaths.ts'
import { answers, freePort } from '../peers/freePort.ts'
import { MllpSender, orderMessage, sourceKeyOf } from '../peers/mllpSender.ts'
import { find } from '../run/debianPackages.ts'
import { UNFORGIVEN } from '../run/unforgiven.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation, type Workstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { proveOrders } from './orderDurability.ts'
import { readStraceLog, STRACE_OPTIONS, TRACED_CALLS } from './straceLog.ts'

/** `npm run crash -- --order-kills 20` is the long run. */
const KILLS = Number(process.env.CRASH_ORDER_KILLS ?? 3)
/** A busy hospital's orders; `npm run crash -- --order-seconds 10` keeps this up for so long. */
const A_SECOND = 200
const SECONDS = Number(process.env.CRASH_ORDER_SECONDS ?? 0.3)
const TRACED = Math.round(A_SECOND * SECONDS)
const CONNECTIONS = 4
const LONGEST_LIFE_MS = 900

async function takesOrders({ url }: Workstation, hl7Port: number): Promise<void> {
  using connection = await connect(url)
  await connection.ask.settings.update({ hl7Listener: true, hl7Port })
  await listensForOrders(hl7Port)
}
const listensForOrders = (port: number) => until('the HL7 port', async () => (await answers(port)) || undefined)

/** Which of these orders the index knows, read while the workstation is not running. */
function kept(dataFolder: string): Set<string> {
  const database = new Database(databasePath(dataFolder), { fileMustExist: true })
  try {
    return new Set(database.prepare('SELECT source_key FROM orders').pluck().all() as string[])
  } finally {
    database.close()
  }
}

/** Each order at its time, or as soon as the one before it on its connection is acknowledged. */
async function sendPaced(port: number): Promise<string> {
  const startedAt = performance.now()
  const waits: number[] = []
  const send = async (_: unknown, line: number) => {
    using sender = await MllpSender.open(port)
    for (let turn = line; turn < TRACED; turn += CONNECTIONS) {
      const due = startedAt + (turn * 1000) / A_SECOND
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
      const number = `T${turn}`
      const sentAt = performance.now()
      expect(await sender?.send(orderMessage(number))).toContain(`MSA|AA|${number}|`)
      waits.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, send))
  const seconds = (performance.now() - startedAt) / 1000
  const slowest = Math.max(...waits)
  return `${TRACED} orders in ${seconds.toFixed(2)} s, all acknowledged, the slowest after ${slowest.toFixed(0)} ms (traced)`
}

test(`no HL7 order is acknowledged before it is durable: ${TRACED} orders, ${A_SECOND} a second on ${CONNECTIONS} connections`, async () => {
  test.setTimeout(180_000 + SECONDS * 20_000)
  test.skip(!find('strace'), 'strace is not installed (apt-get install strace)')
  using folder = temporaryFolder()
  const dataFolder = join(folder.path, 'data')
  const log = join(folder.path, 'strace.log')
  const under = ['strace', ...STRACE_OPTIONS, '-o', log, '-e', `trace=${TRACED_CALLS}`]
  const workstation = await startWorkstation({ dataFolder, under })
  const port = await freePort()
  try {
    await takesOrders(workstation, port)
    console.log(await sendPaced(port))
  } finally {
    process.kill(workstation.pid, 'SIGTERM')
    await workstation.process.exitCode
  }
  const proof = proveOrders(readStraceLog(log), { port, walFile: `${databasePath(dataFolder)}-wal` })
  expect(proof, UNFORGIVEN).toEqual({ responses: TRACED, violations: [] })
})

test(`${KILLS} SIGKILLs while HL7 orders come in lose none that was acknowledged`, async () => {
  test.setTimeout(120_000 + KILLS * 10_000)
  using folder = temporaryFolder()
  const dataFolder = join(folder.path, 'data')
  const port = await freePort()
  const acknowledged = new Set<string>()
  let sent = 0
  for (let life = 1; life <= KILLS; life += 1) {
    const workstation = await startWorkstation({ dataFolder })
    if (life === 1) await takesOrders(workstation, port)
    else await listensForOrders(port)
    const before = acknowledged.size
    const sendUntilItDies = async () => {
      using sender = await MllpSender.open(port)
      for (let answer: string | undefined = ''; answer !== undefined; ) {
        sent += 1
        const number = `K${sent}`
        answer = await sender?.send(orderMessage(number))
        if (answer?.includes(`MSA|AA|${number}|`)) acknowledged.add(number)
      }
    }
    const sending = Promise.all(Array.from({ length: CONNECTIONS }, sendUntilItDies))
    // Each life takes some, however slow the machine is.
    await until('orders of this life', async () => acknowledged.size > before + 20 || undefined, 60_000)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MS))
    process.kill(workstation.pid, 'SIGKILL')
    await workstation.process.exitCode
    await sending
  }
  const there = kept(dataFolder)
  console.log(`${KILLS} kills, ${sent} orders sent, ${acknowledged.size} acknowledged, ${there.size} kept`)
  const lost = [...acknowledged].filter((number) => !there.has(sourceKeyOf(number)))
  expect(lost, UNFORGIVEN).toEqual([])
})
