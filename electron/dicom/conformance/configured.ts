import type { ServerFields } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { NodeConfiguration } from '../nodeApi.ts'
import type { PeerResult } from './peerResults.ts'

/** What a statement is made for: the product as it is shipped, or one installation. */
export interface Configured {
  settings: Settings
  services: NodeConfiguration['services']
  /** The servers of the editor; undefined in the product's own statement, which knows no installation. */
  servers?: readonly ServerFields[]
  peers: readonly PeerResult[]
}
