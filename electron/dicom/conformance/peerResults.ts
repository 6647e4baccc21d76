import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { table } from './table.ts'

const peerResult = z.object({
  /** Program and version. */
  peer: z.string(),
  service: z.string(),
  /** Seen from this workstation. */
  direction: z.enum(['we call', 'it calls']),
  outcome: z.enum(['works', 'peer cannot', 'fails']),
  /** What was compared, or what shows that the peer cannot. */
  evidence: z.string(),
})
export type PeerResult = z.infer<typeof peerResult>

/** What `npm run conformance -- --record` wrote last. */
export const PEERS_FILE = new URL('./peers.json', import.meta.url)

export function recordedPeers(): PeerResult[] {
  return z.array(peerResult).parse(JSON.parse(readFileSync(PEERS_FILE, 'utf8')))
}

/** One line a peer, service and outcome. */
export function peerTable(results: readonly PeerResult[]): string {
  return table(
    ['Peer', 'Service', 'Who calls', 'Outcome', 'Evidence'],
    results.map(({ peer, service, direction, outcome, evidence }) => [peer, service, direction, outcome, evidence]),
  )
}
