import { expect, test } from 'vitest'
import { FlagError } from './flagError.ts'
import { readFlags } from './flags.ts'

test('services are switched on by their names, together or one by one', () => {
  expect(readFlags([]).enable).toEqual([])
  expect(readFlags(['--enable', 'qr, commitment']).enable).toEqual(['answerQueryRetrieve', 'answerStorageCommitment'])
  expect(readFlags(['--enable', 'qr', '--enable', 'storage']).enable).toEqual(['answerQueryRetrieve', 'answerStorage'])
})

test.each([
  [['--enable', 'fax'], 'storage, qr, commitment, worklist, mpps'],
  [['--enable', ''], '--enable takes services'],
  [['--enable', 'constructor'], 'does not know "constructor"'],
  [['--bind', '10.0.0.256'], '--bind is an IPv4 or IPv6 address'],
  [['--accept', 'some'], '--accept is "any" or "known"'],
])('%j is refused with a sentence', (args, sentence) => {
  expect(() => readFlags(args)).toThrow(FlagError)
  expect(() => readFlags(args)).toThrow(sentence)
})

test('an address is taken as IPv4 or IPv6', () => {
  expect(readFlags(['--bind', '127.0.0.1']).bind).toBe('127.0.0.1')
  expect(readFlags(['--bind', '::1']).bind).toBe('::1')
})
