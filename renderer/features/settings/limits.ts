export type LimitName =
  | 'maxAssociations'
  | 'maxPduLength'
  | 'dimseTimeoutSeconds'
  | 'requestTimeoutSeconds'
  | 'artimTimeoutSeconds'
  | 'idleTimeoutSeconds'
  | 'socketCloseDelayMs'

/** R055, R056, R122 to R126: the contract's bounds, in words. */
export const limits: Record<LimitName, { label: string; unit: string; min: number; max: number; help: string }> = {
  maxAssociations: {
    label: 'Connections at the same time',
    unit: '',
    min: 1,
    max: 1000,
    help: 'The next device is asked to try again later.',
  },
  maxPduLength: {
    label: 'Largest PDU',
    unit: 'bytes',
    min: 4096,
    max: 1_048_576,
    help: '131072 is fast; 16384 suits very old devices.',
  },
  requestTimeoutSeconds: {
    label: 'Request timeout',
    unit: 'seconds',
    min: 1,
    max: 600,
    help: 'A server that we call must let us in within this time.',
  },
  dimseTimeoutSeconds: {
    label: 'DIMSE timeout',
    unit: 'seconds',
    min: 1,
    max: 3600,
    help: 'For the next answer, and for an image that has begun to come and stands still.',
  },
  artimTimeoutSeconds: {
    label: 'ARTIM timeout',
    unit: 'seconds',
    min: 1,
    max: 600,
    help: 'A caller that connects and asks for nothing, or does not read its answers, is let go.',
  },
  idleTimeoutSeconds: {
    label: 'Idle timeout',
    unit: 'seconds',
    min: 5,
    max: 86_400,
    help: 'A connection on which nothing happens for so long is ended.',
  },
  socketCloseDelayMs: {
    label: 'Socket close delay',
    unit: 'ms',
    min: 0,
    max: 60_000,
    help: 'After the last word a device has so long to close the connection; then we do.',
  },
}
