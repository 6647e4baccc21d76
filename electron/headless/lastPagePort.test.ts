import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { keepPagePort, lastPagePort } from './lastPagePort.ts'

test('the page comes back on the port that it had; what is no port is as none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-port-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  expect(lastPagePort(folder)).toBeUndefined()
  keepPagePort(folder, 40_123)
  expect(lastPagePort(folder)).toBe(40_123)
  for (const text of ['', 'x', '80', '70000', '1.5']) {
    writeFileSync(join(folder, 'config', 'page-port'), text)
    expect(lastPagePort(folder)).toBeUndefined()
  }
})
