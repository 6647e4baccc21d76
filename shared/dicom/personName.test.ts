import { expect, test } from 'vitest'
import { formatPersonName, parsePersonName } from './personName.ts'

test('components and groups are told apart, in the order of the standard', () => {
  expect(parsePersonName('Yamada^Tarou^^Dr^MD^PhD=山田^太郎=やまだ^たろう')).toEqual({
    alphabetic: { family: 'Yamada', given: 'Tarou', middle: '', prefix: 'Dr', suffix: 'MD PhD' },
    ideographic: { family: '山田', given: '太郎', middle: '', prefix: '', suffix: '' },
    phonetic: { family: 'やまだ', given: 'たろう', middle: '', prefix: '', suffix: '' },
  })
})

test.each([
  ['Okafor^Adaeze', 'Okafor, Adaeze'],
  ['Bruno', 'Bruno'],
  ['Morrison-Jones^Susan^^^Ph.D., Chief Executive Officer', 'Morrison-Jones, Susan, Ph.D., Chief Executive Officer'],
  ['Adams^John Robert Quincy^^Rev.^B.A. M.Div.', 'Adams, Rev. John Robert Quincy, B.A. M.Div.'],
  ['^Bella', 'Bella'],
  ['Yamada^Tarou=山田^太郎=やまだ^たろう', 'Yamada, Tarou (山田 太郎, やまだ たろう)'],
  ['=山田^太郎', '山田 太郎'],
  ['^^^^', ''],
  ['', ''],
])('%s is shown as %s', (value, shown) => {
  expect(formatPersonName(value)).toBe(shown)
})
