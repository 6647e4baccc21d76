import type { ServerRow } from '#shared/contract/servers.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { client } from '../../api/client.ts'
import { useNavigation } from '../../app/navigation.ts'
import { showFailure } from '../../app/showFailure.ts'

/** A device that was refused, and is not in the list of servers: the two values that would let it in. */
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

/** Makes an entry of it under Servers and shows it there: a person reads it before it is kept. */
export async function letIn(
  { aeTitle, address }: { aeTitle: string; address: string },
  transferId: string,
): Promise<void> {
  try {
    const { serverId, isDefault: _default, lastTest: _test, ...fields } = await client.servers.add({})
    const others = (await client.servers.list({})).filter((row) => row.serverId !== serverId).map(({ name }) => name)
    const name = freeName(aeTitle, others)
    await client.servers.update({
      serverId,
      fields: { ...fields, name, aeTitle, host: address, queryRetrieve: false },
    })
    // It waits for nobody any more.
    await client.transfers.clear({ transferIds: [transferId] })
    useNavigation.getState().editServer(serverId)
  } catch (error) {
    showFailure(error)
  }
}

export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted
  let number = 2
  while (taken.includes(`${wanted} ${number}`)) number += 1
  return `${wanted} ${number}`
}
