import { expect, test } from 'vitest'
import type { AssociationDetails, AssociationRow } from '#shared/contract/associations.ts'
import { CT_IMAGE } from '#shared/dicom/sopClass.ts'
import { logCsv, statisticsCsv } from './logCsv.ts'
import { timelineOf } from './timelineOf.ts'

const row: AssociationRow = {
  ...{ associationId: 'a', startedAt: 1000, endedAt: 3500, state: 'released', sentence: '', times: 1, direction: 'in' },
  ...{ callingAETitle: 'CT1', calledAETitle: 'HERE', address: '10.0.0.1', security: '' },
  ...{ bytesReceived: 10, bytesSent: 5, succeeded: 3, warned: 0, failed: 1 },
}
const context = { abstractSyntax: CT_IMAGE, transferSyntaxes: [], result: 0, transferSyntax: '1.2.840.10008.1.2' }
const details: AssociationDetails = {
  ...{ implementation: '', maxPduLength: 0, rejection: null, failures: [] },
  contexts: [context, { ...context, result: 3 }],
  operations: [{ by: 'peer', commandField: 1, status: 0, count: 4 }],
  steps: [
    { ms: 20, by: 'peer', commandField: 1, status: 0, sopClassUID: CT_IMAGE },
    { ms: 1420, by: 'peer', commandField: 1, status: 0xa700, sopClassUID: CT_IMAGE },
  ],
}

test('the timeline goes from the proposal to the end, and counts what it does not tell', () => {
  expect(timelineOf(row, details)).toEqual({
    untold: 2,
    lines: [
      { at: '+0.00 s', words: '2 contexts proposed', kind: 'success' },
      { at: '+0.00 s', words: '1 accepted', kind: 'success' },
      { at: '+0.02 s', words: 'C-STORE, CT Image Storage: success (0000)', kind: 'success' },
      { at: '+1.42 s', words: 'C-STORE, CT Image Storage: out of resources (A700)', kind: 'failure' },
      { at: '+2.50 s', words: 'Ended', kind: 'success' },
    ],
  })
})

test('requests over the web are told one by one, without contexts', () => {
  const web = [
    { ms: 0, what: 'Search studies', status: 200, bytes: 10, sentence: '' },
    { ms: 500, what: 'Retrieve study', status: 404, bytes: 0, sentence: '' },
  ]
  const { lines, untold } = timelineOf(
    { ...row, over: 'web' },
    { ...details, contexts: [], operations: [], steps: [], web },
  )
  expect(untold).toBe(2)
  expect(lines.map(({ words, kind }) => [words, kind])).toEqual([
    ['Search studies: HTTP 200', 'success'],
    ['Retrieve study: HTTP 404', 'failure'],
    ['Ended', 'success'],
  ])
})

test('a name that a spreadsheet would take for a formula is exported as text', () => {
  const csv = logCsv([{ ...row, callingAETitle: '=CMD()', sentence: 'Says "no", twice.' }])
  expect(csv).toContain(",'=CMD(),HERE,")
  expect(csv).toContain('"Says ""no"", twice."')
  expect(csv.split('\r\n')).toHaveLength(3)
  expect(logCsv([row, { ...row, over: 'web' }]).match(/,(DICOM|DICOMweb),released/g)).toHaveLength(2)
})

test('the statistics have a column for each day', () => {
  const rows = [
    { aeTitle: 'CT1', address: '10.0.0.1', associations: 2, instances: 9, refused: 0, bytes: 7, days: [4, 5] },
  ]
  expect(statisticsCsv({ days: [20261120, 20261121], rows })).toBe(
    'AE title,address,connections,images,not taken,bytes,2026-11-20,2026-11-21\r\nCT1,10.0.0.1,2,9,0,7,4,5\r\n',
  )
})
