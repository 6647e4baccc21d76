import { expect, test } from 'vitest'
import { comparedTags } from './comparedTags.ts'
import { namedTags } from './tagRows.ts'

const row = (depth: number, tag: string, value: string) => ({ depth, tag, vr: 'LO', keyword: tag, value })

test('elements stand side by side by their place, with what only one of them has', () => {
  const one = namedTags([
    row(0, '(0008,0060)', 'CT'),
    row(0, '(0008,1140)', ''),
    row(1, '(FFFE,E000)', ''),
    row(2, '(0008,1155)', '1.2'),
    row(1, '(FFFE,E000)', ''),
    row(2, '(0008,1155)', '1.3'),
    row(0, '(0028,0010)', '512'),
  ])
  const two = namedTags([
    row(0, '(0008,0060)', 'CT'),
    row(0, '(0008,1140)', ''),
    row(1, '(FFFE,E000)', ''),
    row(2, '(0008,1155)', '1.2'),
    row(0, '(0010,0010)', 'Jones'),
    row(0, '(0028,0010)', '256'),
  ])
  const said = comparedTags(one, two).map(({ tag, own, other, differs }) => [tag, own, other, differs])
  expect(said).toEqual([
    ['(0008,0060)', 'CT', 'CT', false],
    ['(0008,1140)', '', '', false],
    ['(FFFE,E000)', '', '', false],
    ['(0008,1155)', '1.2', '1.2', false],
    ['(0010,0010)', undefined, 'Jones', true],
    ['(FFFE,E000)', '', undefined, true],
    ['(0008,1155)', '1.3', undefined, true],
    ['(0028,0010)', '512', '256', true],
  ])
})
