import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import { openCredentials } from './openCredentials.ts'

let dataFolder: string
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'negatoscope-credentials-'))
})
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }))

const open = (passphrase = 'correct horse') => openCredentials({ dataFolder, seal: undefined, passphrase })
const path = () => join(dataFolder, 'config', 'credentials.json')
const SITE = 'https://pacs.example'

test('a password is found again after a restart, for its server at its web site alone', async () => {
  const first = await open()
  await first.keep(1, SITE, 'hunter2 ü')
  const again = await open()
  expect(await again.secretFor(1, SITE)).toBe('hunter2 ü')
  expect(await again.secretFor(2, SITE)).toBeUndefined()
  expect(await again.secretFor(1, 'https://evil.example')).toBeUndefined()
  expect(await again.secretFor(1, 'http://pacs.example')).toBeUndefined()
  expect(again.view()).toMatchObject({ problem: '', servers: [{ serverId: 1, origin: SITE }] })
  expect(JSON.stringify(again.view())).not.toContain('hunter2')
})

test('on disk it is readable by nobody else, and not in clear', async () => {
  const credentials = await open()
  await credentials.keep(1, SITE, 'hunter2')
  expect(readFileSync(path(), 'latin1')).not.toMatch(/hunter2|aHVudGVyMg/)
  if (process.platform !== 'win32') expect(statSync(path()).mode & 0o077).toBe(0)
})

test('without a store of the system and without a passphrase nothing is kept, and it says why', async () => {
  const credentials = await open('')
  await expect(credentials.keep(1, SITE, 'hunter2')).rejects.toMatchObject({
    message: expect.stringContaining('NEGATOSCOPE_PASSPHRASE'),
  })
  expect(credentials.view()).toMatchObject({ kept: '', servers: [] })
})

test('another passphrase opens nothing and spoils nothing; when the last is removed a new one may begin', async () => {
  await (await open()).keep(1, SITE, 'hunter2')
  const wrong = await open('wrong')
  expect(await wrong.secretFor(1, SITE)).toBeUndefined()
  expect(wrong.view().problem).toMatch(/another passphrase/)
  // It is kept, and why it does not open is said where it is wanted, and at the start.
  expect(wrong.lockedWhy(1, SITE)).toMatch(/another passphrase/)
  expect(wrong.lockedWhy(2, SITE)).toBe('')
  expect([wrong.notice, (await open('')).notice]).toEqual([
    expect.stringMatching(/another passphrase/),
    expect.stringMatching(/not given/),
  ])
  await expect(wrong.keep(2, SITE, 'x')).rejects.toThrow(/another passphrase/)
  expect(await (await open()).secretFor(1, SITE)).toBe('hunter2')
  const later = await open('wrong')
  await later.keep(1, SITE, '')
  await later.keep(2, SITE, 'x')
  expect(await (await open('wrong')).secretFor(2, SITE)).toBe('x')
  expect((await open('')).view().problem).toMatch(/not given/)
})

test('an entry that was moved to another site or server, or changed, is not opened', async () => {
  const credentials = await open()
  await credentials.keep(1, SITE, 'hunter2')
  const text = readFileSync(path(), 'utf8')
  writeFileSync(path(), text.replace(SITE, 'https://evil.example'))
  expect(await (await open()).secretFor(1, 'https://evil.example')).toBeUndefined()
  writeFileSync(path(), text.replace('"serverId": 1', '"serverId": 2'))
  expect(await (await open()).secretFor(2, SITE)).toBeUndefined()
  const other = (_: string, before: string, letter: string) => `${before}${letter === 'A' ? 'B' : 'A'}`
  writeFileSync(path(), text.replace(/("sealed": ".{60})(.)/, other))
  expect(await (await open()).secretFor(1, SITE)).toBeUndefined()
})

test('what belongs to servers that are gone is forgotten', async () => {
  const credentials = await open()
  await credentials.keep(1, SITE, 'a')
  await credentials.keep(2, SITE, 'b')
  credentials.prune([2])
  expect((await open()).view().servers).toEqual([{ serverId: 2, origin: SITE }])
})

test('the store of the system is preferred, and what it locked elsewhere is said', async () => {
  const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x55))
  const seal = {
    name: 'the password store of this computer',
    seal: async (text: string) => flip(Buffer.from(text)),
    open: async (sealed: Buffer) => flip(sealed).toString(),
  }
  const credentials = await openCredentials({ dataFolder, seal, passphrase: 'unused' })
  await credentials.keep(1, SITE, 'hunter2')
  expect(credentials.view().kept).toContain('the password store of this computer')
  expect(await credentials.secretFor(1, SITE)).toBe('hunter2')
  expect((await open()).view().problem).toMatch(/another computer or user/)
})

test('a list of servers that cannot be read costs no passwords', async () => {
  const here = await openTestWorkstation('HERE')
  const serverId = here.addServer('Web', 104, { restOn: true, restUrl: SITE })
  await here.credentials.keep(serverId, SITE, 'hunter2')
  await here.stop(true)
  writeFileSync(join(here.dataFolder, 'config', 'servers.json'), '{')
  const again = await openTestWorkstation('HERE', here.dataFolder)
  expect(again.credentials.view().servers).toEqual([{ serverId, origin: SITE }])
  await again.stop()
})
