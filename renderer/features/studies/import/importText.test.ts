import { expect, it } from 'vitest'
import { importText } from './importText.ts'

const counts = { stored: 0, duplicate: 0, conflict: 0, rejected: 0 }

it('counts files while it runs', () => {
  expect(importText({ counts: { ...counts, stored: 3, rejected: 1 }, total: 1200, state: 'running' })).toBe(
    '4 of 1,200 files',
  )
})

it('says at the end what became of every file', () => {
  const some = { stored: 311, duplicate: 1, conflict: 0, rejected: 2 }
  expect(importText({ counts: some, total: 314, state: 'done' })).toBe(
    '311 images imported, 1 was here already, 2 not taken',
  )
  expect(importText({ counts, total: 5, state: 'cancelled' })).toBe('Stopped. 0 images imported')
})
