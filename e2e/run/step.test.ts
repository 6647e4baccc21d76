import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stepHeard } from './step.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-step-'))
})
afterEach(() => {
  delete process.env.SUITE_ENDS_AT
  rmSync(folder, { recursive: true, force: true })
})

const STAYS = 'setInterval(() => {}, 1000)'
const node = (script: string, patience = {}) => stepHeard('node', ['-e', script], patience)

test('a runner that is done but does not end is ended, with what it said', async () => {
  const report = join(folder, 'report')
  const script = `console.log('said'); require('fs').writeFileSync(${JSON.stringify(report)}, ''); ${STAYS}`
  const { code, end, stuck } = await node(script, { isDone: () => existsSync(report), graceMs: 600 })
  expect({ code, stuck }).toEqual({ code: 0, stuck: 'done' })
  expect(end).toBe('said\n')
})

test('a runner that ends by itself keeps its exit code', async () => {
  expect(await node('process.exit(3)', { isDone: () => true })).toMatchObject({ code: 3, stuck: undefined })
})

test('one that says nothing any more is ended with what it started, and has failed', async () => {
  const file = join(folder, 'child')
  const child = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(STAYS)}], { stdio: 'inherit' })`
  const script = `require('fs').writeFileSync(${JSON.stringify(file)}, String(${child}.pid)); console.log('begun'); ${STAYS}`
  expect(await node(script, { silentMs: 3000 })).toMatchObject({ code: 1, end: 'begun\n', stuck: 'silent' })
  const pid = Number(readFileSync(file, 'utf8'))
  await expect.poll(() => existsSync(`/proc/${pid}/cwd`)).toBe(false)
})

test('one for which no time is left is ended before somebody else does', async () => {
  process.env.SUITE_ENDS_AT = String(Date.now() / 1000 + 20)
  expect(await node(STAYS)).toMatchObject({ code: 1, stuck: 'late' })
})
