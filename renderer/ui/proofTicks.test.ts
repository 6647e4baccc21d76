import { expect, it } from 'vitest'
import { proofTicks } from './proofTicks.ts'

it('draws one tick per instance', () => {
  expect(proofTicks({ stored: 2, waiting: 1 })).toEqual(['stored', 'stored', 'waiting'])
})

it('draws nothing for nothing', () => {
  expect(proofTicks({})).toEqual([])
})

it('keeps a single refusal visible among thousands and never draws more than 400 ticks', () => {
  const ticks = proofTicks({ proved: 20_000, refused: 1, waiting: 3 })
  expect(ticks).toHaveLength(400)
  expect(ticks.filter((tick) => tick === 'refused')).toHaveLength(1)
  expect(ticks.filter((tick) => tick === 'waiting')).toHaveLength(1)
})
