import { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { type FaultyCase, must } from '../faultyCase.ts'
import { steps } from './steps.ts'

/** As `main.ts` sets them: ARTIM 3 s, DIMSE 2 s, idle 5 s. */
const LONGEST_MS = 9000

export const patience: FaultyCase[] = [
  {
    name: 'silence at every step, until the workstation hangs up',
    async run(victim) {
      await Promise.all(
        steps.map(async ([where, go]) => {
          const peer = await ScriptedPeer.dial(victim.port)
          await go(peer)
          must(await peer.closed(LONGEST_MS), `the connection stayed open ${where}`)
        }),
      )
    },
  },
]
