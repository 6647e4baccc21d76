import { expect, test } from 'vitest'
import { type State, stateTable } from './stateTable.ts'

const columns: State[] = [
  'Sta1',
  'Sta2',
  'Sta3',
  'Sta4',
  'Sta5',
  'Sta6',
  'Sta7',
  'Sta8',
  'Sta9',
  'Sta10',
  'Sta11',
  'Sta12',
  'Sta13',
]

/** PS3.8 Table 9-10 as it is printed; `-` where the event cannot happen. */
const printed: Record<keyof typeof stateTable, string> = {
  associateRequest: 'AE-1 - - - - - - - - - - - -',
  transportConfirm: '- - - AE-2 - - - - - - - - -',
  acceptPdu: '- AA-1 AA-8 - AE-3 AA-8 AA-8 AA-8 AA-8 AA-8 AA-8 AA-8 AA-6',
  rejectPdu: '- AA-1 AA-8 - AE-4 AA-8 AA-8 AA-8 AA-8 AA-8 AA-8 AA-8 AA-6',
  transportIndication: 'AE-5 - - - - - - - - - - - -',
  requestPdu: '- AE-6 AA-8 - AA-8 AA-8 AA-8 AA-8 AA-8 AA-8 AA-8 AA-8 AA-7',
  acceptResponse: '- - AE-7 - - - - - - - - - -',
  rejectResponse: '- - AE-8 - - - - - - - - - -',
  dataRequest: '- - - - - DT-1 - AR-7 - - - - -',
  dataPdu: '- AA-1 AA-8 - AA-8 DT-2 AR-6 AA-8 AA-8 AA-8 AA-8 AA-8 AA-6',
  releaseRequest: '- - - - - AR-1 - - - - - - -',
  releaseRequestPdu: '- AA-1 AA-8 - AA-8 AR-2 AR-8 AA-8 AA-8 AA-8 AA-8 AA-8 AA-6',
  releaseResponsePdu: '- AA-1 AA-8 - AA-8 AA-8 AR-3 AA-8 AA-8 AR-10 AR-3 AA-8 AA-6',
  releaseResponse: '- - - - - - - AR-4 AR-9 - - AR-4 -',
  abortRequest: '- - AA-1 AA-2 AA-1 AA-1 AA-1 AA-1 AA-1 AA-1 AA-1 AA-1 -',
  abortPdu: '- AA-2 AA-3 - AA-3 AA-3 AA-3 AA-3 AA-3 AA-3 AA-3 AA-3 AA-2',
  transportClosed: '- AA-5 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4 AR-5',
  artimExpired: '- AA-2 - - - - - - - - - - AA-2',
  invalidPdu: '- AA-1 AA-8 - AA-8 AA-8 AA-8 AA-8 AA-8 AA-8 AA-8 AA-8 AA-7',
}

test('the state table is that of PS3.8 Table 9-10', () => {
  for (const [event, row] of Object.entries(stateTable)) {
    const cells = columns.map((state) => row[state] ?? '-').join(' ')
    expect(cells, event).toBe(printed[event as keyof typeof stateTable])
  }
})
