import { expect, it } from 'vitest'
import { importText } from './importText.ts'

const counts = { stored: 0, duplicate: 0, conflict: 0, rejected: 0, 'left-out': 0 }

it('counts files while it runs', () => {
  expect(importText({ counts: { ...counts, stored: 3, rejected: 1 }, total: 1200, state: 'running' })).toBe(
    '4 of 1,200 files',
  )
})

it('says at the end what became of every file', () => {
  const some = { stored: 311, duplicate: 1, conflict: 2, rejected: 2, 'left-out': 3 }
  expect(importText({ counts: some, total: 319, state: 'done' })).toBe(
    '311 images imported, 1 was here already, 2 differ from what is here, 2 could not be read, 3 files left out',
  )
  expect(importText({ counts, total: 5, state: 'cancelled' })).toBe('Stopped. 0 images imported')
})
