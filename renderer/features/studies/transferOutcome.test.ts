import { expect, test } from 'vitest'
import { transferOutcome } from './transferOutcome.ts'

const bella = { kind: 'retrieve', what: 'Bella', peer: '' } as const
const done = { state: 'done', done: 60, message: '' } as const

test('what came or went is counted', () => {
  expect(transferOutcome([done], bella)).toMatchObject({ tone: 'ok', message: 'Retrieved Bella, 60 images.' })
  const sent = { kind: 'send', what: '60 images', peer: 'Northview' } as const
  expect(transferOutcome([done], sent).message).toBe('Sent 60 images to Northview.')
  // Each of them has 60.
  const toTwo = { ...sent, peer: '2 servers' }
  expect(transferOutcome([done, done], toTwo).message).toBe('Sent 60 images to 2 servers.')
})

test('what did not get through says its own sentence, several are counted', () => {
  const failed = { state: 'failed', done: 0, message: 'Northview does not know us.' } as const
  expect(transferOutcome([failed], bella)).toMatchObject({ tone: 'bad', message: 'Northview does not know us.' })
  expect(transferOutcome([{ ...failed, state: 'partial' }], bella).tone).toBe('warn')
  expect(transferOutcome([failed, failed, done], bella)).toMatchObject({
    tone: 'warn',
    message: '2 of 3 retrieves did not get through.',
  })
})

test('what a person stopped needs no words', () => {
  expect(transferOutcome([{ ...done, state: 'cancelled' }], bella).message).toBe('')
})
