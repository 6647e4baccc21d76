import { existsSync } from 'node:fs'
import { nodeConfiguration } from '#electron/listening/nodeConfiguration.ts'
import { openServers } from '#electron/servers/serverList.ts'
import { DEFAULT_SETTINGS, openSettings, type SettingsOverrides } from '#electron/settings/settingsStore.ts'
import { recordedPeers } from './peerResults.ts'
import { conformanceStatement } from './statement.ts'

/** `--print-conformance`: of the configuration in a data folder, whose workstation may be running meanwhile. */
export function statementOf(dataFolder: string, overrides: SettingsOverrides): string {
  const isThere = existsSync(dataFolder)
  const settings = isThere
    ? openSettings(dataFolder, overrides).current()
    : { ...DEFAULT_SETTINGS, ...given(overrides) }
  const servers = isThere ? openServers(dataFolder).rows() : []
  const { services } = nodeConfiguration(settings, servers, '')
  return conformanceStatement({ settings, services, servers, peers: recordedPeers() })
}

function given(overrides: SettingsOverrides) {
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined))
}
