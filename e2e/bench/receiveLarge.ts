import { join } from 'node:path'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { writeLargeObject } from './largeObject.ts'
import { interleave, seconds, summary } from './measure.ts'
import { peakMemoryMB } from './processTree.ts'
import { MEMORY_MB } from './receive.ts'
import { type WithReceiver, withStorescp, withWorkstation } from './receivers.ts'
import { fasterThanPeer, within } from './row.ts'
import type { Scenario } from './scenario.ts'
import { storescu } from './sender.ts'

/** One object of 1 GB: the memory of the whole process tree since its start, and the time. */
export const receiveLarge: Scenario = {
  name: 'large-object',
  run: async ({ runs }) => {
    using scratch = temporaryFolder()
    const file = join(scratch.path, 'large.dcm')
    writeLargeObject(file)
    const times = { ours: [] as number[], storescp: [] as number[] }
    const memory = (who: keyof typeof times, withReceiver: WithReceiver) => () =>
      withReceiver(async (receiver) => {
        const peak = await peakMemoryMB(receiver.pid, async () => {
          times[who].push(await seconds(() => storescu(receiver, [file])))
        })
        if ((await receiver.count()) !== 1) throw new Error(`${receiver.aeTitle} does not keep it`)
        return peak
      })
    const peaks = await interleave(runs, {
      ours: memory('ours', withWorkstation),
      storescp: memory('storescp', withStorescp({ fork: false })),
    })
    const name = 'receive one object of 1 GB'
    return [
      within(
        {
          name: `${name}, memory of the tree`,
          unit: 'MB',
          ours: peaks.ours,
          peer: peaks.storescp,
          peerName: 'storescp',
        },
        MEMORY_MB,
      ),
      fasterThanPeer({
        name,
        unit: 's',
        ours: summary(times.ours),
        peer: summary(times.storescp),
        peerName: 'storescp',
      }),
    ]
  },
}
