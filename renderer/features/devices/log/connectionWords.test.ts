import { expect, test } from 'vitest'
import type { AssociationRow } from '#shared/contract/associations.ts'
import {
  bytesOf,
  contextText,
  endWord,
  lengthText,
  operationText,
  proposalText,
  requestText,
  startText,
  webStepText,
} from './connectionWords.ts'

const row: AssociationRow = {
  ...{ associationId: 'a', startedAt: 0, endedAt: 400, state: 'released', sentence: '', times: 1, direction: 'in' },
  ...{ callingAETitle: 'CT1', calledAETitle: 'HERE', address: '10.0.0.1', security: '' },
  ...{ bytesReceived: 0, bytesSent: 0, succeeded: 0, warned: 0, failed: 0 },
}

test('what a connection came to is said in counts, and nothing where nothing was asked', () => {
  expect(requestText(row)).toBe('')
  expect(requestText({ ...row, succeeded: 1200, failed: 1 })).toBe('1,200 done, 1 failed')
  expect(requestText({ ...row, warned: 2 })).toBe('2 with a warning')
})

test('how it ended has a word and a colour', () => {
  expect(endWord(row)).toEqual({ status: 'pass', word: 'Ended' })
  expect(endWord({ ...row, failed: 1 }).status).toBe('attention')
  expect(endWord({ ...row, state: 'refused', times: 3 })).toEqual({ status: 'refused', word: 'Refused 3 times' })
  expect(endWord({ ...row, state: 'lost' }).word).toBe('Cut')
})

test('time stands without its date today, and a length without false precision', () => {
  const now = new Date(2026, 10, 21, 15, 0).getTime()
  expect(startText({ ...row, startedAt: new Date(2026, 10, 21, 14, 5, 9).getTime() }, now)).toBe('14:05:09')
  expect(startText({ ...row, startedAt: new Date(2026, 10, 20, 14, 5, 9).getTime() }, now)).toBe('20 Nov 14:05:09')
  expect(lengthText(row)).toBe('0.4 s')
  expect(lengthText({ ...row, endedAt: 12 })).toBe('< 0.1 s')
  expect(lengthText({ ...row, endedAt: 125_000 })).toBe('2 min')
  expect(lengthText({ ...row, endedAt: null })).toBe('')
})

test('contexts, operations and the proposal read as sentences', () => {
  const context = { abstractSyntax: '1.2', transferSyntaxes: [], result: 0, transferSyntax: '1.2.840.10008.1.2' }
  expect(contextText(context)).toBe('Implicit VR Little Endian')
  expect(contextText({ ...context, result: 3 })).toBe('Refused: service is off or unknown')
  expect(operationText({ by: 'peer', commandField: 1, status: 0, count: 12 })).toBe('12 C-STORE: success (0000)')
  expect(operationText({ by: 'us', commandField: 0x999, status: 0xa700, count: 1 })).toBe(
    '1 Command 0999 of ours: out of resources (A700)',
  )
  const details = { implementation: '', maxPduLength: 0, operations: [], failures: [], steps: [], rejection: null }
  expect(proposalText({ ...details, contexts: [context, { ...context, result: 4 }] })).toBe(
    '2 contexts proposed, 1 accepted',
  )
})

test('over the web the larger amount counts, whoever asks, and a request says its status', () => {
  const moved = { ...row, bytesReceived: 7, bytesSent: 9 }
  expect([bytesOf(moved), bytesOf({ ...moved, direction: 'out' }), bytesOf({ ...moved, over: 'web' })]).toEqual([
    7, 9, 9,
  ])
  const step = { ms: 0, what: 'Search studies', status: 200, bytes: 7, sentence: '' }
  expect(webStepText(step)).toBe('Search studies: HTTP 200')
  expect(webStepText({ ...step, status: 0, sentence: 'Nobody knows the name.' })).toBe(
    'Search studies: no answer. Nobody knows the name.',
  )
})
