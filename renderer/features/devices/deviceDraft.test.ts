import { expect, test } from 'vitest'
import { draftOf, EMPTY_DEVICE, readDraft } from './deviceDraft.ts'

test('a line of aliases is a list of AE titles, each once', () => {
  const draft = { ...draftOf(EMPTY_DEVICE), aeTitle: ' CT1 ', aliases: 'CT 1, CT_OLD,, CT_OLD ' }
  expect(readDraft(draft)).toMatchObject({ fields: { aeTitle: 'CT1', aliases: ['CT 1', 'CT_OLD'] }, problems: {} })
})

test('each wrong field has its own sentence', () => {
  const { fields, problems } = readDraft({
    ...draftOf(EMPTY_DEVICE),
    ...{ aeTitle: 'SEVENTEEN_LETTERS', address: 'http://10.0.0.1', aliases: 'Ä' },
  })
  expect(fields).toBeUndefined()
  expect(problems.aeTitle).toMatch(/16 characters/)
  expect(problems.address).toMatch(/no http/)
  expect(problems.aliases).toMatch(/accents/)
})
