import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ctSeries } from '../crash/storedInstance.ts'
import { StoreSender } from '../crash/storeSender.ts'
import { startWorkstation, type Workstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { seconds, summary } from './measure.ts'
import { within } from './row.ts'
import type { Scenario } from './scenario.ts'

const ASSOCIATIONS = 4
const STORING_MS = 1500
const NEVER_MS = 20_000
const ENDED_S = 5
const LISTENING_S = 3

/** While four devices store, and a fifth does not come to the end of its image: asked to stop, and killed. */
export const restart: Scenario = {
  name: 'restart',
  run: async ({ runs }) => {
    using folder = temporaryFolder()
    const dataFolder = join(folder.path, 'data')
    const ended: number[] = []
    const listening: number[] = []
    for (let run = 0; run < runs; run += 1) {
      const asked = await stores(await startWorkstation({ dataFolder }), 2 * run)
      ended.push(await seconds(() => asked.end('SIGTERM')))
      await asked.over()
      if (asked.code() !== 0) throw new Error(`It ended with ${asked.code()}`)
      const killed = await stores(await startWorkstation({ dataFolder }), 2 * run + 1)
      await killed.end('SIGKILL')
      await killed.over()
      let again: Workstation | undefined
      listening.push(
        await seconds(async () => {
          again = await startWorkstation({ dataFolder })
        }),
      )
      await again?.stop()
    }
    return [
      within({ name: 'SIGTERM while 5 devices store, until it has ended', unit: 's', ours: summary(ended) }, ENDED_S),
      within(
        { name: 'killed while 5 devices store, from its start until it listens', unit: 's', ours: summary(listening) },
        LISTENING_S,
      ),
    ]
  },
}

/** Resolves when all are at it. */
async function stores(workstation: Workstation, turn: number) {
  const { dicomPort, aeTitle, pid, process: host } = workstation
  const open = () => StoreSender.open(dicomPort, aeTitle)
  const slow = await open()
  const all = [slow?.storeSlowly(ctSeries({ series: turn * 10 + 9, rows: 512 })(1), NEVER_MS)]
  let stored = 0
  for (let device = 0; device < ASSOCIATIONS; device += 1) all.push(storeUntilItEnds(device))
  await delay(STORING_MS)
  if (stored === 0) throw new Error('Nothing was stored')
  return {
    code: () => host.child.exitCode,
    async end(signal: 'SIGTERM' | 'SIGKILL') {
      process.kill(pid, signal)
      await host.exitCode
    },
    over: () => Promise.all(all),
  }

  async function storeUntilItEnds(device: number): Promise<undefined> {
    const sender = await open()
    const instances = ctSeries({ series: turn * 10 + device, rows: 512 })
    for (let number = 1; (await sender?.store(instances(number)))?.status === 0; number += 1) stored += 1
  }
}
