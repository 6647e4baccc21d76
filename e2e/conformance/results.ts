import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { PEERS_FILE, type PeerResult } from '#electron/dicom/conformance/peerResults.ts'
import { writeStatement } from '#electron/dicom/conformance/product.ts'

function lines(file: string): PeerResult[] {
  if (!existsSync(file)) return []
  const texts = readFileSync(file, 'utf8').trim().split('\n')
  return texts.filter(Boolean).map((line) => JSON.parse(line) as PeerResult)
}

/** The last word on each pair, in an order that does not change from run to run. */
function sorted(results: readonly PeerResult[]): PeerResult[] {
  const key = ({ direction, peer, service }: PeerResult) => `${direction} ${peer} ${service}`
  const last = new Map(results.map((result) => [key(result), result]))
  return [...last.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** One line a peer, service and outcome. */
export function printPeers(file: string): void {
  for (const { outcome, direction, peer, service, evidence } of sorted(lines(file)))
    console.log(`${outcome.padEnd(11)}  ${direction.padEnd(8)}  ${peer}  ${service}: ${evidence}`)
}

/**
 * `--record`: the table of a run without failures goes into the conformance statement. Of a run of a part, the other rows
 * stay as they were.
 */
export function recordPeers(file: string, { isPart }: { isPart: boolean }): void {
  const before = isPart ? (JSON.parse(readFileSync(PEERS_FILE, 'utf8')) as PeerResult[]) : []
  const rows = sorted([...before, ...lines(file)])
  writeFileSync(PEERS_FILE, `${JSON.stringify(rows, null, 2)}\n`)
  writeStatement()
}
