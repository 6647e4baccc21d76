import { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { abort } from '../bytes.ts'
import { type FaultyCase, must, pause, type Victim } from '../faultyCase.ts'
import { steps } from './steps.ts'

const ends: [name: string, end: (peer: ScriptedPeer) => void][] = [
  ['A-ABORT', (peer) => peer.send(abort)],
  ['half-close', (peer) => void peer.socket.end()],
  ['reset', (peer) => void peer.socket.resetAndDestroy()],
]

export const endings: FaultyCase[] = [
  ...ends.flatMap(([how, end]) =>
    steps.map(([where, go]) => ({
      name: `${how} ${where}`,
      async run(victim: Victim) {
        const peer = await ScriptedPeer.dial(victim.port)
        await go(peer)
        end(peer)
        const isHeard =
          where !== 'within the header of the request' &&
          where !== 'within the request' &&
          where !== 'within the header of a value'
        // An A-ABORT within another PDU is a part of that PDU.
        if (how === 'A-ABORT' && !isHeard) await pause(100)
        else must(await peer.closed(10_000), 'the connection stayed open')
        peer.destroy()
      },
    })),
  ),
  ...steps.map(([where, go]) => ({
    name: `silence ${where}`,
    async run(victim: Victim) {
      const peer = await ScriptedPeer.dial(victim.port)
      await go(peer)
      await pause(300)
      peer.destroy()
    },
  })),
]
