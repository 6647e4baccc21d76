import type { DeviceFields } from '#shared/contract/devices.ts'
import { serverLabels } from '#shared/contract/serverLabels.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import type { profileSettings } from '#shared/contract/siteProfile.ts'

type SettingName = keyof typeof profileSettings.shape

/** As the pages say it; a field's words differ with what it is a field of. */
const serverWords: Readonly<Record<string, string>> = {
  ...(serverLabels satisfies Record<keyof ServerFields, string>),
  storeAETitle: 'Store AE title',
  storeHost: 'Store host',
  storePort: 'Store port',
  retrieveWhen: 'Retrieved',
  studiesShown: 'Studies shown',
  storageFolder: 'Storage folder',
  searchLimit: 'Search limit',
  sendFrom: 'Sending from',
  sendUntil: 'Sending until',
}

const deviceWords: Readonly<Record<string, string>> = {
  ...({
    aeTitle: 'AE title',
    address: 'Address',
    vendor: 'Vendor',
    model: 'Model',
    modality: 'Modality',
    place: 'Place',
    note: 'Note',
    aliases: 'Also calls itself',
    calledAs: 'Also calls us',
    scheduledAETitle: 'Worklist for',
    access: 'Access',
  } satisfies Record<keyof DeviceFields, string>),
}

const settingWords: Readonly<Record<string, string>> = {
  aeTitle: 'AE title',
  ...({
    checkCalledAETitle: 'It calls us by our AE title',
    checkCallingAETitle: 'Its AE title is among the devices or servers',
    checkAddress: 'Its address is among the devices or servers',
    answerUnknownEcho: 'Let others test the connection (C-ECHO)',
    answerStorage: 'Receive images',
    answerQueryRetrieve: 'Let others search and fetch',
    answerStorageCommitment: 'Confirm that images are kept',
    answerWorklist: 'Give devices their worklist',
    answerPerformedSteps: 'Let devices report what they did',
    trashDays: 'Keep what is deleted for (days)',
    minFreeMegabytes: 'Keep free on the disk (MB)',
    onConflict: 'Other content under a known UID',
    unknownClasses: 'Objects of unknown classes',
    maxPduLength: 'Largest PDU (bytes)',
    maxAssociations: 'Connections at the same time',
    dimseTimeoutSeconds: 'DIMSE timeout (s)',
    requestTimeoutSeconds: 'Request timeout (s)',
    artimTimeoutSeconds: 'ARTIM timeout (s)',
    idleTimeoutSeconds: 'Idle timeout (s)',
    socketCloseDelayMs: 'Socket close delay (ms)',
  } satisfies Record<SettingName, string>),
}

const words = { server: serverWords, device: deviceWords, setting: settingWords }

export function fieldWords(kind: keyof typeof words, field: string): string {
  return words[kind][field] ?? apart(field)
}

/** `hl7Listener` is `Hl7 listener`. */
function apart(field: string): string {
  const text = field.replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** Choices that the pages show by another word than they are kept under. */
const choices: Readonly<Record<string, string>> = {
  'keep-first': 'Keep the first',
  quarantine: 'Put the other one into quarantine',
  replace: 'Replace the first',
  store: 'Keep them',
  refuse: 'Refuse them',
  'jpeg-lossless': 'JPEG lossless',
  'jpeg-ls-lossless': 'JPEG-LS lossless',
  'jpeg-2000-lossless': 'JPEG 2000 lossless',
  'jpeg-baseline': 'JPEG baseline (lossy)',
  rle: 'RLE lossless',
  move: 'MOVE',
  get: 'GET',
  study: 'Study Root',
  patient: 'Patient Root',
  system: 'Those of the system',
  authorities: 'Those of Settings',
  pinned: 'One certificate alone',
  button: 'when asked for',
  select: 'as soon as one is selected',
  folder: 'from its storage folder',
  allow: 'Let in',
  deny: 'Blocked',
}
const CHOSEN = new Set<string>([
  ...(['onConflict', 'unknownClasses', 'preferredCompression', 'retrieveBy', 'queryRoot', 'trust'] as const),
  ...(['restTrust', 'retrieveWhen', 'access'] as const),
])

const LONGEST = 80

export function valueWords(field: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return '(none)'
  if (typeof value === 'boolean') return value ? 'On' : 'Off'
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : clipped(value.join(', '))
  const text = String(value)
  return clipped((CHOSEN.has(field) && choices[text]) || text)
}

const clipped = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text)
