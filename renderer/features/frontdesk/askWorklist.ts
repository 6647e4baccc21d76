import type { RemoteItem } from '#shared/contract/worklist.ts'
import { client } from '../../api/client.ts'

/** Days as DA, and what is looked for there; what is left out matches all. */
export type Asked = Omit<Parameters<typeof client.worklist.askServer>[0], 'serverId'>

export interface Answered {
  items: RemoteItem[]
  /** A sentence for each server that did not answer. */
  problems: string[]
}

/** The worklists of several servers, asked side by side; one that fails takes nothing from the others. */
export async function askWorklists(serverIds: readonly number[], asked: Asked, signal: AbortSignal): Promise<Answered> {
  const answers = await Promise.all(serverIds.map((serverId) => askOne(serverId, asked, signal)))
  return {
    items: answers.flatMap(({ items }) => items),
    problems: answers.flatMap(({ problem }) => problem ?? []),
  }
}

async function askOne(serverId: number, asked: Asked, signal: AbortSignal) {
  const items: RemoteItem[] = []
  try {
    for await (const batch of client.worklist.askServer({ serverId, ...asked }, { signal })) items.push(...batch)
    return { items }
  } catch (error) {
    return { items, problem: error instanceof Error ? error.message : String(error) }
  }
}
