import type { Client } from '#shared/contract/client.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import { type ServerFields, serverFields } from '#shared/contract/servers.ts'

/** Adds a server on this machine to the editor's list; resolves with its id. */
export async function addServer(
  ask: Client<WorkstationContract>,
  given: { name: string; aeTitle: string; port: number } & Partial<ServerFields>,
): Promise<number> {
  const { serverId, isDefault, lastTest, ...fields } = await ask.servers.add({})
  const wanted: ServerFields = { ...fields, host: '127.0.0.1', queryRetrieve: true, tls: false, ...only(given) }
  await ask.servers.update({ serverId, fields: wanted })
  return serverId
}

/** Peers carry more than a server's fields. */
function only(given: Partial<ServerFields>): Partial<ServerFields> {
  const known = Object.entries(given).filter(([key]) => key in serverFields.shape)
  return Object.fromEntries(known.filter(([, value]) => value !== undefined))
}
