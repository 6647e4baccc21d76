import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { failureOf } from '#electron/servers/failureSentence.ts'
import { nameServerCommand, resolveCommand } from '../commandLines.ts'
import { isLoopback } from '../isOwnMachine.ts'
import type { DiagnosisContext, Stage, StageOutcome } from '../stage.ts'
import { within } from '../within.ts'

const TIMEOUT_MS = 5000
const SHOWN = 3

/** From the name to addresses of either version. */
export const name: Stage = {
  stage: 'name',
  title: ({ peer }) => (isIP(peer.host) ? 'Address' : 'Name'),
  async run(context, signal) {
    const { host } = context.peer
    const version = isIP(host)
    if (version) {
      context.found.addresses = [{ address: host, family: version }]
      return isUseless(host) ? useless(context, host) : { result: 'pass', detail: `${host}, no name to resolve` }
    }
    let addresses: LookupAddress[]
    try {
      addresses = await within(lookup(host, { all: true }), TIMEOUT_MS, signal)
    } catch (error) {
      return unknown(context, (error as NodeJS.ErrnoException).code)
    }
    const useful = addresses.filter(({ address }) => !isUseless(address))
    context.found.addresses = useful
    if (useful.length === 0) return useless(context, addresses[0]?.address ?? 'nothing')
    const list = useful.map(({ address }) => address)
    const more = list.length > SHOWN ? ` and ${list.length - SHOWN} more` : ''
    const detail = `${host} is ${list.slice(0, SHOWN).join(', ')}${more}`
    if (list.every(isLoopback) && !isLoopback(host))
      return {
        result: 'warn',
        detail,
        advice: {
          what: `The name ${host} leads back to this computer.`,
          who: 'you',
          how: 'Unless the server runs on this computer, enter its address in numbers, or correct the hosts file.',
          values: [],
          commands: [resolveCommand(host)],
        },
      }
    return { result: 'pass', detail }
  },
}

function unknown(context: DiagnosisContext, code = 'ETIMEDOUT'): StageOutcome {
  const { host } = context.peer
  const nobodyAnswers = code === 'EAI_AGAIN' || code === 'ETIMEDOUT'
  return {
    result: 'fail',
    ends: true,
    detail: nobodyAnswers ? `no answer from the name server, ${code}` : `unknown, ${code}`,
    advice: {
      what: nobodyAnswers
        ? `No name server answers, so the name ${host} leads nowhere.`
        : failureOf({ code: 'UNKNOWN_HOST', details: { code: 'UNKNOWN_HOST', cause: code } }, context.call).sentence,
      who: nobodyAnswers ? 'network' : 'you',
      how: nobodyAnswers
        ? 'Enter the address in numbers meanwhile; the network administrator looks after the name server.'
        : 'Compare the name letter by letter with what the administrator gave you.',
      values: [{ label: 'Host', value: host }],
      commands: [resolveCommand(host), nameServerCommand()],
    },
  }
}

/** "This host", broadcast and multicast (RFC 6890): nobody can be called there. */
function isUseless(address: string): boolean {
  return /^(0\.|255\.255\.255\.255$|2[23]\d\.|::$|ff)/i.test(address)
}

function useless({ peer }: DiagnosisContext, address: string): StageOutcome {
  const isName = isIP(peer.host) === 0
  return {
    result: 'fail',
    ends: true,
    detail: isName ? `${peer.host} is ${address}` : address,
    advice: {
      what: isName
        ? `The name ${peer.host} leads to ${address}, where no server can be.`
        : `${address} is no address of a single machine.`,
      who: isName ? 'network' : 'you',
      how: isName
        ? 'The network administrator corrects the entry of this name; until then, enter the address in numbers.'
        : 'Enter the address that the administrator of the server gave you.',
      values: [],
      commands: isName ? [resolveCommand(peer.host)] : [],
    },
  }
}
