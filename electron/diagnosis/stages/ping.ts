import { pingCommands, traceCommand } from '../commandLines.ts'
import { notRun, type Stage } from '../stage.ts'
import { ping as pingAddress } from '../system/ping.ts'

/** R101. */
const GOOD_MS = 50

/** Never a failure: many networks let no ping through. */
export const ping: Stage = {
  stage: 'ping',
  title: () => 'Ping',
  async run({ found, peer }, signal) {
    const address = found.addresses[0]?.address ?? peer.host
    const answer = await pingAddress(address, signal)
    if (answer.kind === 'no-program') return notRun('this computer has no ping program')
    found.pinged = answer.kind === 'answered'
    if (answer.kind === 'answered' && answer.ms < GOOD_MS) return { result: 'pass', detail: `${shown(answer.ms)} ms` }
    const commands = [pingCommands(address), traceCommand(address)]
    if (answer.kind === 'answered')
      return {
        result: 'warn',
        detail: `${shown(answer.ms)} ms, under ${GOOD_MS} ms is good`,
        advice: {
          what: `${peer.host} is far away, or the network is busy.`,
          who: 'network',
          how: 'Images come slowly; a cable instead of Wi-Fi helps, or the network administrator looks at the line.',
          values: [],
          commands,
        },
      }
    return {
      result: 'warn',
      detail: 'no answer; many servers give none',
      advice: {
        what: `${address} does not answer ping.`,
        who: 'network',
        how: 'Nothing to do when the port below is open; otherwise the machine is off, or the address is another one.',
        values: [],
        commands,
      },
    }
  },
}

const shown = (ms: number) => (ms < 10 ? Math.max(0.1, ms).toFixed(1) : Math.round(ms))
