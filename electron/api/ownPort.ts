import type { WorkstationParts } from './workstationParts.ts'

const DICOM_PORT = 11112

/** `--dicom-port 0` lets the system choose: what counts is the port that it chose. */
export function ownPort({ listener, settings }: Pick<WorkstationParts, 'listener' | 'settings'>): number {
  const state = listener.state()
  return state.state === 'listening' && !state.tlsOnly ? state.port : settings.current().dicomPort || DICOM_PORT
}

const DICOM_TLS_PORT = 2762

export function ownTlsPort({ listener, settings }: Pick<WorkstationParts, 'listener' | 'settings'>): number {
  const state = listener.state()
  const port = state.state === 'listening' ? state.tlsPort : null
  return port ?? (settings.current().tlsPort || DICOM_TLS_PORT)
}
