import type { ServerRow } from '#shared/contract/servers.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'

/** A caller that was refused, and is none of the servers: Devices has its card. */
export function strangerOf(
  { kind, state, peer }: Pick<TransferRow, 'kind' | 'state' | 'peer'>,
  servers: readonly Pick<ServerRow, 'aeTitle' | 'host'>[],
): { aeTitle: string; address: string } | undefined {
  if (kind !== 'receive' || state !== 'refused') return undefined
  // An AE title may hold spaces, an address does not.
  const space = peer.lastIndexOf(' ')
  const [aeTitle, address] = [peer.slice(0, Math.max(0, space)).trim(), peer.slice(space + 1)]
  if (aeTitle === '' || address === '') return undefined
  const isKnown = servers.some((server) => server.aeTitle === aeTitle && server.host === address)
  return isKnown ? undefined : { aeTitle, address }
}
