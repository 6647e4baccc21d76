/** PS3.8 9.2.1. Sta1 idle, Sta2 awaiting the request, Sta6 established, Sta13 awaiting the transport's end. */
export type State =
  | 'Sta1'
  | 'Sta2'
  | 'Sta3'
  | 'Sta4'
  | 'Sta5'
  | 'Sta6'
  | 'Sta7'
  | 'Sta8'
  | 'Sta9'
  | 'Sta10'
  | 'Sta11'
  | 'Sta12'
  | 'Sta13'

export type UpperLayerEvent =
  | 'associateRequest'
  | 'transportConfirm'
  | 'acceptPdu'
  | 'rejectPdu'
  | 'transportIndication'
  | 'requestPdu'
  | 'acceptResponse'
  | 'rejectResponse'
  | 'dataRequest'
  | 'dataPdu'
  | 'releaseRequest'
  | 'releaseRequestPdu'
  | 'releaseResponsePdu'
  | 'releaseResponse'
  | 'abortRequest'
  | 'abortPdu'
  | 'transportClosed'
  | 'artimExpired'
  | 'invalidPdu'

export type Action =
  | `AE-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`
  | `DT-${1 | 2}`
  | `AR-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10}`
  | `AA-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`

type Row = Partial<Record<State, Action>>

const established = ['Sta6', 'Sta7', 'Sta8', 'Sta9', 'Sta10', 'Sta11', 'Sta12'] as const
const all = (states: readonly State[], action: Action): Row => Object.fromEntries(states.map((s) => [s, action]))
/** A PDU that does not belong: Sta2 aborts as user, Sta13 ignores, the others abort as provider. */
const unexpected: Row = { Sta2: 'AA-1', ...all(['Sta3', 'Sta5', ...established], 'AA-8'), Sta13: 'AA-6' }

/** PS3.8 Table 9-10: which action an event causes in a state. No entry: the event cannot happen there. */
export const stateTable: Record<UpperLayerEvent, Row> = {
  associateRequest: { Sta1: 'AE-1' },
  transportConfirm: { Sta4: 'AE-2' },
  acceptPdu: { ...unexpected, Sta5: 'AE-3' },
  rejectPdu: { ...unexpected, Sta5: 'AE-4' },
  transportIndication: { Sta1: 'AE-5' },
  requestPdu: { ...unexpected, Sta2: 'AE-6', Sta13: 'AA-7' },
  acceptResponse: { Sta3: 'AE-7' },
  rejectResponse: { Sta3: 'AE-8' },
  dataRequest: { Sta6: 'DT-1', Sta8: 'AR-7' },
  dataPdu: { ...unexpected, Sta6: 'DT-2', Sta7: 'AR-6' },
  releaseRequest: { Sta6: 'AR-1' },
  releaseRequestPdu: { ...unexpected, Sta6: 'AR-2', Sta7: 'AR-8' },
  releaseResponsePdu: { ...unexpected, Sta7: 'AR-3', Sta10: 'AR-10', Sta11: 'AR-3' },
  releaseResponse: { Sta8: 'AR-4', Sta9: 'AR-9', Sta12: 'AR-4' },
  abortRequest: { ...all(['Sta3', 'Sta5', ...established], 'AA-1'), Sta4: 'AA-2' },
  abortPdu: { Sta2: 'AA-2', ...all(['Sta3', 'Sta5', ...established], 'AA-3'), Sta13: 'AA-2' },
  transportClosed: { Sta2: 'AA-5', ...all(['Sta3', 'Sta4', 'Sta5', ...established], 'AA-4'), Sta13: 'AR-5' },
  artimExpired: { Sta2: 'AA-2', Sta13: 'AA-2' },
  invalidPdu: { ...unexpected, Sta13: 'AA-7' },
}
