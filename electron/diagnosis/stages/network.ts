import { ownNetworkCommand, staticAddressCommand } from '../commandLines.ts'
import { isOwnMachine } from '../isOwnMachine.ts'
import type { Stage } from '../stage.ts'
import { internetText } from '../system/internet.ts'
import { ownNetworks } from '../system/ownNetworks.ts'
import { DEFAULT, ipv4Routes } from '../system/routes.ts'

/** R098, R099: where this computer stands. */
export const network: Stage = {
  stage: 'network',
  title: () => 'This computer',
  async run({ peer, options }, signal) {
    const own = ownNetworks()
    const usable = own.filter(({ selfAssigned }) => !selfAssigned)
    const gateway = (await ipv4Routes(signal)).find((route) => route.network === DEFAULT && route.gateway)?.gateway
    const places = usable.slice(0, 3).map(({ cidr, interface: name }) => `${cidr} (${name})`)
    const internet = options.internet && usable.length > 0 ? await internetText(signal) : ''
    const parts = [places.join(', '), gateway ? `gateway ${gateway}` : 'no gateway', internet]
    const detail = parts.filter(Boolean).join(', ')
    if (usable.length > 0) return { result: 'pass', detail }
    if (isOwnMachine(peer.host)) return { result: 'pass', detail: 'not on a network; the server is on this computer' }
    const [first] = own
    return {
      result: 'fail',
      ends: true,
      detail: first ? `only ${first.address}, which it gave itself` : 'no address',
      advice: {
        what: first
          ? 'This computer found nobody who gives it an address (DHCP).'
          : 'This computer is not connected to any network.',
        who: first ? 'network' : 'you',
        how: first
          ? 'The network administrator starts the DHCP service, or gives this computer an address of its own.'
          : 'Plug in the network cable, or switch on Wi-Fi; then test again.',
        values: [],
        commands: [ownNetworkCommand(), staticAddressCommand('ADDRESS', '255.255.255.0', 'GATEWAY')],
      },
    }
  },
}
