import { routeTo } from '#electron/servers/ourAddress.ts'
import { ownNetworkCommand, pingCommands, staticAddressCommand, traceCommand } from '../commandLines.ts'
import { isOwnMachine } from '../isOwnMachine.ts'
import type { DiagnosisContext, Stage, StageOutcome } from '../stage.ts'
import { neighbour } from '../system/neighbour.ts'
import { type OwnNetwork, ownNetworks } from '../system/ownNetworks.ts'
import { ping } from '../system/ping.ts'
import { gatewayTowards, holds, ipv4Routes } from '../system/routes.ts'

/** R100, R106: at our own cable, or behind a gateway that is there. */
export const route: Stage = {
  stage: 'route',
  title: () => 'Way there',
  async run(context, signal) {
    const target = context.found.addresses[0]?.address ?? context.peer.host
    if (isOwnMachine(target)) return { result: 'pass', detail: 'it is on this computer' }
    const networks = ownNetworks()
    let ours: string
    try {
      ours = await routeTo(target)
    } catch (error) {
      return noWay(target, networks, (error as NodeJS.ErrnoException).code ?? '')
    }
    const near = networks.find(({ cidr }) => holds(cidr, target))
    if (near) return { result: 'pass', detail: `same subnet as ${near.cidr} (${near.interface})` }
    const gateway = gatewayTowards(target, await ipv4Routes(signal))
    if (!gateway) return { result: 'pass', detail: `from ${ours}, another subnet` }
    const answer = await ping(gateway, signal)
    if (answer.kind === 'answered')
      return { result: 'pass', detail: `through gateway ${gateway}, ${Math.ceil(answer.ms)} ms` }
    const isThere = await neighbour(gateway, signal)
    if (isThere) return { result: 'pass', detail: `through gateway ${gateway}, which does not answer ping` }
    return isThere === undefined
      ? { result: 'warn', detail: `gateway ${gateway} does not answer ping`, advice: silentGateway(context, gateway) }
      : { result: 'fail', detail: `gateway ${gateway} is silent`, advice: silentGateway(context, gateway) }
  },
}

function silentGateway({ peer }: DiagnosisContext, gateway: string) {
  return {
    what: `${peer.host} is on another network, and the gateway ${gateway} that leads there does not answer.`,
    who: 'network' as const,
    how: `The network administrator looks at ${gateway}, or gives this computer the right gateway.`,
    values: [{ label: 'Gateway', value: gateway }],
    commands: [pingCommands(gateway), ownNetworkCommand(), traceCommand(peer.host)],
  }
}

function noWay(target: string, networks: readonly OwnNetwork[], code: string): StageOutcome {
  const own = networks.find(({ version }) => version === (target.includes(':') ? 6 : 4))
  const place = own ? `This computer is in ${own.cidr}` : 'This computer has no address of that kind'
  return {
    result: 'fail',
    ends: true,
    detail: `no way to ${target}${code ? `, ${code}` : ''}`,
    advice: {
      what: `No way leads to ${target}. ${place}, and no gateway leads from there to it.`,
      who: 'you',
      how: 'Check the address; if it is right, ask the network administrator for the gateway (or the VPN) and enter it.',
      values: own ? [{ label: 'Our address', value: own.cidr }] : [],
      commands: [
        ownNetworkCommand(),
        staticAddressCommand(
          own?.version === 4 ? own.address : 'ADDRESS',
          own?.version === 4 ? own.mask : '255.255.255.0',
          'GATEWAY',
        ),
      ],
    },
  }
}
