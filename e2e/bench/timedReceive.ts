import { seconds } from './measure.ts'
import { peakMemoryMB } from './processTree.ts'
import type { WithReceiver } from './receivers.ts'
import { type SenderOptions, storescu } from './sender.ts'

/**
 * From the start of the senders, one for each share of the files, until the last has ended; what arrived is counted.
 * `memory` collects the peak of the receiver's process tree.
 */
export function timedReceive(shares: readonly string[][], instances: number, options: SenderOptions = {}) {
  return (withReceiver: WithReceiver, memory?: number[]) => () =>
    withReceiver(async (receiver) => {
      let elapsed = 0
      const send = async () => {
        elapsed = await seconds(() => Promise.all(shares.map((paths) => storescu(receiver, paths, options))))
      }
      if (memory) memory.push(await peakMemoryMB(receiver.pid, send))
      else await send()
      const count = await receiver.count()
      if (count !== instances) throw new Error(`${receiver.aeTitle} keeps ${count} of ${instances}`)
      return elapsed
    })
}
