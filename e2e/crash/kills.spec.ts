import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { UNFORGIVEN } from '../run/unforgiven.ts'
import { startWorkstation, type Workstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { examine } from './archiveOnDisk.ts'
import { ctSeries } from './storedInstance.ts'
import { StoreSender } from './storeSender.ts'

/** `npm run crash -- --kills 200 --stores 20000` is the long run. */
const KILLS = Number(process.env.CRASH_KILLS ?? 20)
const STORES = Number(process.env.CRASH_STORES ?? 2000)
const ASSOCIATIONS = 4
const LONGEST_LIFE_MS = 1500
/**
 * From the start of the process until it listens, with whatever the kill before left to put right. Usually below 3 s, as
 * the line that is printed tells; on a machine that others use too it is many times that.
 */
const LISTENING_AGAIN_MS = 30_000

interface Record {
  sent: Map<string, string>
  acknowledged: Set<string>
}

/** Stores until the workstation dies or `isEnough`. Numbers go on where the last life stopped. */
async function sendUntilItDies(
  workstation: Workstation,
  instances: ReturnType<typeof ctSeries>,
  numbers: { next: number },
  { sent, acknowledged }: Record,
  isEnough: () => boolean,
): Promise<void> {
  const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
  while (sender && !isEnough()) {
    const instance = instances(numbers.next)
    numbers.next += 1
    sent.set(instance.sopInstanceUID, instance.sha256)
    const answer = await sender.store(instance)
    if (!answer) return
    expect(answer).toEqual({ sopInstanceUID: instance.sopInstanceUID, status: 0x0000 })
    acknowledged.add(instance.sopInstanceUID)
  }
  await sender?.release()
}

test(`${KILLS} SIGKILLs at random during ${STORES} stores on ${ASSOCIATIONS} associations lose nothing`, async () => {
  test.setTimeout(600_000 + KILLS * 10_000)
  using folder = temporaryFolder()
  const dataFolder = join(folder.path, 'data')
  const record: Record = { sent: new Map(), acknowledged: new Set() }
  const series = Array.from({ length: ASSOCIATIONS }, (_, index) => ctSeries({ series: index + 1 }))
  const numbers = series.map(() => ({ next: 1 }))
  const startsMs: number[] = []
  const nothingLost = { acknowledgedLost: [], rowsWithoutFile: [], truncatedFiles: [] }

  for (let life = 1; life <= KILLS + 1; life += 1) {
    const isLast = life > KILLS
    const startedAt = performance.now()
    const workstation = await startWorkstation({ dataFolder })
    startsMs.push(performance.now() - startedAt)
    const isEnough = () => isLast && record.acknowledged.size >= STORES
    const lifeMs = 100 + Math.random() * LONGEST_LIFE_MS
    const timer = isLast ? undefined : setTimeout(() => process.kill(workstation.pid, 'SIGKILL'), lifeMs)
    await Promise.all(
      series.map((instances, index) =>
        sendUntilItDies(workstation, instances, numbers[index] ?? { next: 1 }, record, isEnough),
      ),
    )
    clearTimeout(timer)
    if (isLast) await workstation.stop()
    else await workstation.process.exitCode
    expect(workstation.process.child.signalCode, workstation.process.stderr()).toBe(isLast ? null : 'SIGKILL')
  }

  const [freshMs = 0, ...againMs] = startsMs.map(Math.round)
  const slowest = Math.max(...againMs)
  console.log(
    `${KILLS} kills, ${record.sent.size} sent, ${record.acknowledged.size} acknowledged; listening again after ${slowest} ms at most, at first after ${freshMs} ms`,
  )
  expect(record.acknowledged.size).toBeGreaterThanOrEqual(STORES)
  expect(examine(dataFolder, record.acknowledged, record.sent), UNFORGIVEN).toEqual({
    ...nothingLost,
    temporaryFiles: [],
  })
  expect(slowest).toBeLessThanOrEqual(LISTENING_AGAIN_MS)
})
