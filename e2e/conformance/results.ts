import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { PEERS_FILE, type PeerResult } from '#electron/dicom/conformance/peerResults.ts'
import { writeStatement } from '#electron/dicom/conformance/product.ts'

/** The lines of a run, the last word on each pair, in an order that does not change from run to run. */
function read(file: string): PeerResult[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const results = lines.filter(Boolean).map((line) => JSON.parse(line) as PeerResult)
  const key = ({ direction, peer, service }: PeerResult) => `${direction} ${peer} ${service}`
  const last = new Map(results.map((result) => [key(result), result]))
  return [...last.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** One line a peer, service and outcome. */
export function printPeers(file: string): void {
  for (const { outcome, direction, peer, service, evidence } of read(file))
    console.log(`${outcome.padEnd(11)}  ${direction.padEnd(8)}  ${peer}  ${service}: ${evidence}`)
}

/** `--record`: the table of a run without failures goes into the conformance statement. */
export function recordPeers(file: string): void {
  writeFileSync(PEERS_FILE, `${JSON.stringify(read(file), null, 2)}\n`)
  writeStatement()
}
