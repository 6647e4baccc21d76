import type { Card, RemoteItem } from '#shared/contract/worklist.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import type { Connection } from '../workstation/connect.ts'

const today = dateOf(new Date())

type Asked = Partial<Parameters<Connection['ask']['worklist']['askServer']>[0]>

/** What a server's worklist has for today, of what fits. */
export async function askWorklistOf({ ask }: Connection, serverId: number, more: Asked = {}): Promise<RemoteItem[]> {
  const items: RemoteItem[] = []
  for await (const batch of ask.worklist.askServer({ from: today, to: today, ...more, serverId })) items.push(...batch)
  return items
}

/** The first card of the board that is as wanted, as soon as there is one. */
export async function cardWhere({ worklist }: Connection['ask'], is: (card: Card) => boolean): Promise<Card> {
  for await (const { cards } of worklist.board({ from: today, to: today })) {
    const card = cards.find(is)
    if (card) return card
  }
  throw new Error('The board ended')
}
