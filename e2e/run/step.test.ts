import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { stepHeard } from './step.ts'

test('a runner that is done but does not end is ended, with what it said', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-'))
  const report = join(folder, 'report')
  const stays = `console.log('said'); require('fs').writeFileSync(${JSON.stringify(report)}, ''); setInterval(() => {}, 1000)`
  const { code, end, isStuck } = await stepHeard('node', ['-e', stays], () => existsSync(report), 600)
  rmSync(folder, { recursive: true })
  expect({ code, isStuck }).toEqual({ code: 0, isStuck: true })
  expect(end).toBe('said\n')
})

test('a runner that ends by itself keeps its exit code', async () => {
  const { code, isStuck } = await stepHeard('node', ['-e', 'process.exit(3)'], () => true)
  expect({ code, isStuck }).toEqual({ code: 3, isStuck: false })
})
