import { writeFileSync } from 'node:fs'
import { nodeConfiguration } from '#electron/listening/nodeConfiguration.ts'
import { DEFAULT_SETTINGS } from '#electron/settings/settingsStore.ts'
import { recordedPeers } from './peerResults.ts'
import { conformanceStatement } from './statement.ts'

export const STATEMENT_FILE = new URL('../../../docs/conformance-statement.md', import.meta.url)

/** The statement of the product as it is shipped, with the last recorded run against the peers. */
export function productStatement(): string {
  return conformanceStatement({
    settings: DEFAULT_SETTINGS,
    services: nodeConfiguration(DEFAULT_SETTINGS, [], '').services,
    peers: recordedPeers(),
  })
}

export function writeStatement(): void {
  writeFileSync(STATEMENT_FILE, productStatement())
}
