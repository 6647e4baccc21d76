import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startWorkstation, type Workstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { examine } from './archiveOnDisk.ts'
import { ctSeries } from './storedInstance.ts'
import { StoreSender } from './storeSender.ts'

const KILLS = 20
const ASSOCIATIONS = 4
const STORES = 2000
const LONGEST_LIFE_MS = 1500

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
  using folder = temporaryFolder()
  const dataFolder = join(folder.path, 'data')
  const record: Record = { sent: new Map(), acknowledged: new Set() }
  const series = Array.from({ length: ASSOCIATIONS }, (_, index) => ctSeries({ series: index + 1 }))
  const numbers = series.map(() => ({ next: 1 }))
  const nothingLost = { acknowledgedLost: [], rowsWithoutFile: [], truncatedFiles: [] }

  for (let life = 1; life <= KILLS + 1; life += 1) {
    const isLast = life > KILLS
    const workstation = await startWorkstation({ dataFolder })
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

  expect(record.acknowledged.size).toBeGreaterThanOrEqual(STORES)
  expect(examine(dataFolder, record.acknowledged, record.sent)).toEqual({ ...nothingLost, temporaryFiles: [] })
})
