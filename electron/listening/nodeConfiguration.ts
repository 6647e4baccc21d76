import type { Device } from '#electron/devices/deviceList.ts'
import type { DeniedCaller, KnownDevice, NodeConfiguration, Peer } from '#electron/dicom/nodeApi.ts'
import type { ListenerTls } from '#electron/dicom/tls/peerTls.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'

/** R065 to R069, R119 to R126: what the DICOM thread must know of the settings and of the servers of the editor. */
export function nodeConfiguration(
  settings: Settings,
  servers: readonly ServerFields[],
  storageFolder: string,
  destinations: Peer[] = [],
  tls?: ListenerTls,
  devices: readonly Device[] = [],
): NodeConfiguration {
  const asksForCommitment = servers.some(({ askCommitment }) => askCommitment)
  return {
    aeTitle: settings.aeTitle,
    checks: {
      calledAETitle: settings.checkCalledAETitle,
      callingAETitle: settings.checkCallingAETitle,
      address: settings.checkAddress,
    },
    answerUnknownEcho: settings.answerUnknownEcho,
    known: [...servers.map(knownServer), ...devices.filter(({ access }) => access === 'allow').flatMap(knownDevice)],
    denied: devices.filter(({ access }) => access === 'deny').flatMap(callersOf),
    destinations,
    tls,
    onConflict: settings.onConflict,
    unknownClasses: settings.unknownClasses,
    services: {
      storage: settings.answerStorage,
      queryRetrieve: settings.answerQueryRetrieve,
      storageCommitment: settings.answerStorageCommitment || asksForCommitment,
      worklist: settings.answerWorklist,
      mpps: settings.answerPerformedSteps,
    },
    onlyCommitmentReports: !settings.answerStorageCommitment,
    maxPduLength: settings.maxPduLength,
    maxAssociations: settings.maxAssociations,
    artimTimeoutMs: settings.artimTimeoutSeconds * 1000,
    idleTimeoutMs: settings.idleTimeoutSeconds * 1000,
    dimseTimeoutMs: settings.dimseTimeoutSeconds * 1000,
    closeDelayMs: settings.socketCloseDelayMs,
    minFreeBytes: settings.minFreeMegabytes * 1024 ** 2,
    storageFolder,
  }
}

function knownServer(row: ServerFields): KnownDevice {
  return {
    aeTitle: row.aeTitle,
    host: row.host,
    preferredTransferSyntaxUID: preferredTransferSyntax[row.preferredCompression],
    acceptedClasses: row.acceptedClasses,
    acceptedSyntaxes: row.acceptedSyntaxes,
  }
}

/** Under each of its names (R067). */
function knownDevice(device: Device): KnownDevice[] {
  const { calledAs, scheduledAETitle = '' } = device
  const own = { calledAs, scheduledAETitle, preferredTransferSyntaxUID: '' }
  return callersOf(device).map((caller) => ({ ...caller, ...own }))
}

function callersOf({ aeTitle, aliases, address }: Device): DeniedCaller[] {
  return [aeTitle, ...aliases].map((name) => ({ aeTitle: name, host: address }))
}

const preferredTransferSyntax = {
  none: '',
  'jpeg-lossless': '1.2.840.10008.1.2.4.70',
  'jpeg-ls-lossless': '1.2.840.10008.1.2.4.80',
  'jpeg-2000-lossless': '1.2.840.10008.1.2.4.90',
  'jpeg-baseline': '1.2.840.10008.1.2.4.50',
  rle: '1.2.840.10008.1.2.5',
} as const
