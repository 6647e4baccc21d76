import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { unlisted } from './network.ts'
import { productStatement, STATEMENT_FILE } from './product.ts'

test('docs/conformance-statement.md is what the tables say (npm run conformance-statement writes it)', () => {
  expect(readFileSync(STATEMENT_FILE, 'utf8')).toBe(productStatement())
})

test('every setting of the wire stands in it', () => {
  expect(unlisted).toEqual([])
})
