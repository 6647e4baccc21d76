import type { ServerRow } from '#shared/contract/servers.ts'

/** Whether a server is meant by a part of its name, AE title, address or description; whatever its letters' case. */
export function matchesServer(row: ServerRow, wanted: string): boolean {
  const key = wanted.trim().toLowerCase()
  return [row.name, row.aeTitle, row.host, row.description].some((text) => text.toLowerCase().includes(key))
}
