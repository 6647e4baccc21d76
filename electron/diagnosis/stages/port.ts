import { failureOf } from '#electron/servers/failureSentence.ts'
import type { Advice } from '#shared/contract/diagnosis.ts'
import { firewallCommand, portCommand, telnetCommand, whoListensCommand } from '../commandLines.ts'
import type { DiagnosisContext, Stage } from '../stage.ts'
import { dial } from '../system/dial.ts'
import { neighbour } from '../system/neighbour.ts'

const TIMEOUT_MS = 6000

/** R102: does anything listen there, and is it let through? */
export const port: Stage = {
  stage: 'port',
  title: ({ peer }) => `Port ${peer.port}`,
  async run(context, signal) {
    const { host, port: number } = context.peer
    const cause = await dial(host, number, Math.min(TIMEOUT_MS, context.peer.connectTimeoutMs), signal)
    if (cause === undefined) return { result: 'pass', detail: 'open' }
    return {
      result: 'fail',
      ends: true,
      detail: `${WORDS[cause] ?? 'not reached'}, ${cause}`,
      advice: await adviceFor(context, cause, signal),
    }
  },
}

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'closed',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'no machine there',
}

async function adviceFor(context: DiagnosisContext, cause: string, signal: AbortSignal): Promise<Advice> {
  const { peer, call, found } = context
  const { host, port: number } = peer
  const tries = [portCommand(host, number), telnetCommand(host, number)]
  if (cause === 'ECONNREFUSED') {
    const { sentence } = failureOf(failed('REFUSED', cause), call)
    return {
      what: sentence,
      who: 'administrator',
      how: 'The administrator starts its DICOM service, or says on which port it listens.',
      values: [{ label: 'Port', value: String(number) }],
      commands: [...tries, whoListensCommand(number)],
    }
  }
  const address = found.addresses[0]?.address ?? host
  const isThere = found.pinged || (await neighbour(address, signal)) === true
  if (cause === 'ETIMEDOUT' && isThere)
    return {
      what: `${host} is there, but a firewall between us drops what we send to port ${number}.`,
      who: 'network',
      how: `Whoever looks after the firewall of ${host} lets port ${number} in from this computer.`,
      values: [
        { label: 'From', value: call.ourAddress },
        { label: 'To', value: `${address}, TCP port ${number}` },
      ],
      commands: [...tries, firewallCommand(number, 'the server')],
    }
  if (cause === 'ETIMEDOUT') {
    const { sentence } = failureOf(failed('TIMED_OUT', cause), call)
    return {
      what: sentence,
      who: 'you',
      how: 'Check the address and whether the machine is on; if both are right, ask the network administrator.',
      values: [{ label: 'Host', value: host }],
      commands: tries,
    }
  }
  if (cause === 'EHOSTUNREACH')
    return {
      what: `Nothing answers at ${address}: no machine there is switched on, or nobody leads the way to it.`,
      who: 'you',
      how: 'Check the address and whether the machine is on; if both are right, ask the network administrator.',
      values: [{ label: 'Host', value: host }],
      commands: tries,
    }
  return {
    what: failureOf(failed('UNREACHABLE', cause), call).sentence,
    who: 'you',
    how: 'Check cable, Wi-Fi or VPN of this computer; then ask the network administrator.',
    values: [],
    commands: tries,
  }
}

const failed = (code: string, cause: string) => ({ code, details: { code, cause } })
