import type { Symptom } from '#shared/contract/diagnosis.ts'

/** R110: as people tell it. `of`: whose trouble it is, so whom to choose before looking. */
export const symptoms: readonly { value: Symptom; label: string; note: string; of: 'server' | 'device' | 'both' }[] = [
  { value: 'cannot-ping', label: 'A server cannot be pinged', note: 'address, network, gateway', of: 'server' },
  { value: 'port-closed', label: 'The port is closed', note: 'service, firewall, another program', of: 'server' },
  { value: 'echo-fails', label: 'The echo fails', note: 'TLS, AE titles, what the server offers', of: 'server' },
  { value: 'rejected', label: 'The connection is rejected', note: 'by a server, or by us', of: 'both' },
  { value: 'not-appearing', label: 'Sent, but not appearing', note: 'a device says that it sent', of: 'device' },
  { value: 'displays-wrongly', label: 'Arrives, but displays wrongly', note: 'kind, encoding, colours', of: 'device' },
]
