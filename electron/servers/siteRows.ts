import { createHash } from 'node:crypto'
import type { EchoOutcome, ServerFields, ServerRow } from '#shared/contract/servers.ts'

/** Above every number that the editor gives out. */
const FIRST_ID = 1_000_000_000

/** The administrator's servers as rows; the same name has the same number after every start. */
export function siteRows(
  servers: readonly ServerFields[],
  defaultName: string | undefined,
  tests: ReadonlyMap<number, EchoOutcome>,
): ServerRow[] {
  const used = new Set<number>()
  return servers.map((fields) => {
    let serverId = FIRST_ID + (createHash('sha256').update(fields.name).digest().readUInt32BE(0) % FIRST_ID)
    while (used.has(serverId)) serverId += 1
    used.add(serverId)
    const isDefault = fields.name === defaultName
    const lastTest = tests.get(serverId) ?? null
    return { ...fields, serverId, isDefault, lastTest, revision: 0, readOnly: true, setBy: 'file' }
  })
}
