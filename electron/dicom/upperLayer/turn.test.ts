import { expect, test } from 'vitest'
import { COMMAND_COST, Turn } from './turn.ts'

test('after 64 commands the others have their turn, and then it goes on', async () => {
  const said: string[] = []
  const turn = new Turn({ onOver: () => said.push('over'), onNext: () => said.push('next') })
  for (let i = 0; i < 63; i += 1) turn.spend(COMMAND_COST)
  expect(turn.isOver).toBe(false)
  turn.spend(COMMAND_COST)
  turn.spend(COMMAND_COST)
  expect(turn.isOver).toBe(true)
  expect(said).toEqual(['over'])
  await new Promise((resolve) => setImmediate(resolve))
  expect(said).toEqual(['over', 'next'])
  expect(turn.isOver).toBe(false)
})

test('who spends little is never stopped', async () => {
  const said: string[] = []
  const turn = new Turn({ onOver: () => said.push('over'), onNext: () => said.push('next') })
  for (let round = 0; round < 5; round += 1) {
    for (let i = 0; i < 63; i += 1) turn.spend(COMMAND_COST)
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(said).toEqual([])
})
