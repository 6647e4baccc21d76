import type { ServerList } from '#electron/servers/serverList.ts'
import type { ServerRow } from '#shared/contract/servers.ts'

/** Tells of each server that is reached in another way now, or that answered a test: what waits for it need not wait on. */
export function wakeOnChange(
  servers: Pick<ServerList, 'rows' | 'onChange'>,
  wake: (serverId: number) => void,
): () => void {
  let before = new Map(servers.rows().map((row) => [row.serverId, row]))
  return servers.onChange(() => {
    const now = servers.rows()
    for (const row of now) {
      const known = before.get(row.serverId)
      if (known && known !== row && (wayOf(known) !== wayOf(row) || answeredSince(known, row))) wake(row.serverId)
    }
    before = new Map(now.map((row) => [row.serverId, row]))
  })
}

function wayOf({ lastTest: _, isDefault: __, name: ___, description: ____, ...way }: ServerRow): string {
  return JSON.stringify(way)
}

function answeredSince(before: ServerRow, now: ServerRow): boolean {
  return now.lastTest?.ok === true && now.lastTest.at !== before.lastTest?.at
}
