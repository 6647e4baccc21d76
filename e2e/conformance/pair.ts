import { appendFileSync } from 'node:fs'
import { test } from '@playwright/test'
import type { PeerResult } from '#electron/dicom/conformance/peerResults.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'

export type Pair = Pick<PeerResult, 'peer' | 'service' | 'direction'>

/** One line a peer, service and outcome; the run gathers them for the conformance statement. */
export function record(pair: Pair, outcome: PeerResult['outcome'], evidence: string): void {
  const { peer, direction, service } = pair
  console.log(`  ${outcome.padEnd(11)} | ${direction.padEnd(8)} | ${peer} | ${service} | ${evidence}`)
  const file = process.env.CONFORMANCE_RESULTS
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ ...pair, outcome, evidence })}\n`)
}

/** A service between a peer and us that must work; `act` says what it compared. */
export function works(pair: Pair, act: (folder: string) => Promise<string>): void {
  test(`${pair.peer}, ${pair.direction}: ${pair.service}`, async () => {
    using folder = temporaryFolder()
    try {
      record(pair, 'works', await act(folder.path))
    } catch (error) {
      record(pair, 'fails', error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error))
      throw error
    }
  })
}

/** A limit of the peer; `act` shows it, and fails when a later version of the peer can. */
export function peerCannot(pair: Pair, act: (folder: string) => Promise<string>): void {
  test(`${pair.peer}, ${pair.direction}, peer cannot: ${pair.service}`, async () => {
    using folder = temporaryFolder()
    record(pair, 'peer cannot', await act(folder.path))
  })
}
