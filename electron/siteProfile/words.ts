/** Where the name of a field, taken apart, does not say what the pages say. */
const known: Record<string, string> = {
  aeTitle: 'AE title',
  host: 'Address',
  tls: 'TLS',
  worklistAETitle: 'Worklist AE title',
  scheduledStationAETitle: 'Scheduled station AE title',
  checkCalledAETitle: 'Check the called AE title',
  checkCallingAETitle: 'Check the calling AE title',
  answerUnknownEcho: 'Answer the connection test of strangers',
  answerStorage: 'Receive images',
  answerQueryRetrieve: 'Let others search and fetch',
  answerStorageCommitment: 'Confirm that images are kept',
  answerWorklist: 'Give devices their worklist',
  answerPerformedSteps: 'Let devices report what they did',
  minFreeMegabytes: 'Free space below which nothing is received (MB)',
  onConflict: 'Other content under a known UID',
  unknownClasses: 'Objects of unknown classes',
  maxPduLength: 'Largest PDU (bytes)',
  maxAssociations: 'Connections at the same time',
  dimseTimeoutSeconds: 'DIMSE timeout (s)',
  requestTimeoutSeconds: 'Request timeout (s)',
  artimTimeoutSeconds: 'ARTIM timeout (s)',
  idleTimeoutSeconds: 'Idle timeout (s)',
  socketCloseDelayMs: 'Socket close delay (ms)',
}

/** `listenPort` is `Listen port`. */
export function fieldWords(field: string): string {
  const words = known[field] ?? field.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

const LONGEST = 80

export function valueWords(value: unknown): string {
  if (value === undefined || value === null || value === '') return '(none)'
  if (typeof value === 'boolean') return value ? 'On' : 'Off'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
