import { expect, test } from 'vitest'
import { strangerOf } from './letIn.ts'

const knock = { kind: 'receive', state: 'refused', peer: 'CT ROOM 1 10.0.0.7' } as const

test('a device that was refused can be let in, unless it is in the list already', () => {
  expect(strangerOf(knock, [])).toEqual({ aeTitle: 'CT ROOM 1', address: '10.0.0.7' })
  expect(strangerOf(knock, [{ aeTitle: 'CT ROOM 1', host: '10.0.0.8' }])).toBeDefined()
  expect(strangerOf(knock, [{ aeTitle: 'CT ROOM 1', host: '10.0.0.7' }])).toBeUndefined()
  expect(strangerOf({ ...knock, state: 'failed' }, [])).toBeUndefined()
  expect(strangerOf({ ...knock, peer: ' 10.0.0.7' }, [])).toBeUndefined()
})
