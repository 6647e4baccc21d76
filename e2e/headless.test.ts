import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ctSeries } from './crash/storedInstance.ts'
import { StoreSender } from './crash/storeSender.ts'
import { freePort } from './peers/freePort.ts'
import { root } from './run/step.ts'
import { run, start } from './workstation/spawned.ts'
import { firstLine, flagsOf, headlessMain, startWorkstation } from './workstation/startWorkstation.ts'
import { storedFiles } from './workstation/storedFiles.ts'
import { temporaryFolder } from './workstation/temporaryFolder.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder[Symbol.dispose]())

const dataFolder = () => join(folder.path, 'data')

/** What comes in, before it has its name. */
function filesUnderWay(): string[] {
  const temporary = join(dataFolder(), 'storage', 'tmp')
  return existsSync(temporary) ? readdirSync(temporary) : []
}

/** Runs the host with a command line that it must refuse. */
async function refusal(args: string[]) {
  const { code, stdout, stderr } = await run(process.execPath, [headlessMain, ...args], {
    cwd: root,
    timeoutMs: 60_000,
  })
  return { code, stdout, lines: stderr.split('\n').filter((line) => line !== '' && !line.startsWith('Slow query')) }
}

async function occupy(host: string): Promise<{ server: Server; port: number }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  return { server, port: (server.address() as AddressInfo).port }
}

test('the ready line is the first line on stdout and names the process that serves', async () => {
  await using workstation = await startWorkstation({ dataFolder: dataFolder(), aeTitle: 'READY' })
  expect(workstation.aeTitle).toBe('READY')
  expect(workstation.pid).toBe(workstation.process.child.pid)
  expect(workstation.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=\S+$/)
  expect(workstation.dicomPort).toBeGreaterThan(0)
  expect(workstation.process.stdout().trim().split('\n')).toHaveLength(1)
})

test('npm run headless is the same host', async () => {
  const npm = start('npm', ['run', '--silent', 'headless', '--', ...flagsOf({ dataFolder: dataFolder() })], {
    cwd: root,
  })
  const ready = JSON.parse(await firstLine(npm)) as { event: string; pid: number }
  expect(ready.event).toBe('ready')
  process.kill(ready.pid, 'SIGTERM')
  expect(await npm.exitCode).toBe(0)
})

test('a DICOM port in use is one line on stderr and exit code 2, before anything is touched', async () => {
  const { server, port } = await occupy('127.0.0.1')
  const { code, stdout, lines } = await refusal(flagsOf({ dataFolder: dataFolder(), dicomPort: port }))
  server.close()
  expect({ code, stdout, lines: lines.length }).toEqual({ code: 2, stdout: '', lines: 1 })
  expect(lines[0]).toContain(String(port))
  expect(existsSync(dataFolder())).toBe(false)
})

test('a web port in use is one line on stderr and exit code 2, before anything is touched', async () => {
  const { server, port } = await occupy('127.0.0.1')
  const args = flagsOf({ dataFolder: dataFolder() }).with(-1, String(port))
  const { code, stdout, lines } = await refusal(args)
  server.close()
  expect({ code, stdout, lines: lines.length }).toEqual({ code: 2, stdout: '', lines: 1 })
  expect(lines[0]).toContain(String(port))
  expect(existsSync(dataFolder())).toBe(false)
})

test.each([
  ['an AE title of 17 characters', ['--ae-title', 'A'.repeat(17)]],
  ['an empty AE title', ['--ae-title', '']],
  ['an AE title with a backslash', ['--ae-title', 'A\\B']],
  ['a port that is no number', ['--dicom-port', 'eleven']],
  ['a port above 65535', ['--dicom-port', '65536']],
  ['an --accept that does not exist', ['--accept', 'some']],
  ['an --enable of a service that does not exist', ['--enable', 'qr,fax']],
  ['a --bind that is no address', ['--bind', 'everywhere']],
  ['a flag that does not exist', ['--dicom', '1']],
])('%s is refused in one line, exit code 2, before anything is touched', async (_, args) => {
  const { code, stdout, lines } = await refusal([...flagsOf({ dataFolder: dataFolder() }), ...args])
  expect({ code, stdout, lines: lines.length }).toEqual({ code: 2, stdout: '', lines: 1 })
  expect(existsSync(dataFolder())).toBe(false)
})

test('a data folder that is a file is refused', async () => {
  writeFileSync(dataFolder(), 'not a folder')
  const { code, lines } = await refusal(flagsOf({ dataFolder: dataFolder() }))
  expect({ code, lines: lines.length }).toEqual({ code: 2, lines: 1 })
  expect(lines[0]).toContain(dataFolder())
})

test('a data folder that cannot be written is refused', async () => {
  // Root may write anywhere but here: sysfs takes no folders from anybody.
  const unwritable = process.getuid?.() === 0 ? '/sys/negatoscope' : join(folder.path, 'locked', 'data')
  if (process.getuid?.() !== 0) {
    mkdirSync(join(folder.path, 'locked'))
    chmodSync(join(folder.path, 'locked'), 0o500)
  }
  const { code, lines } = await refusal(flagsOf({ dataFolder: unwritable }))
  expect({ code, lines: lines.length }).toEqual({ code: 2, lines: 1 })
  expect(lines[0]).toContain(unwritable)
})

test('a second process on the same folder is refused, and the first goes on', async () => {
  await using workstation = await startWorkstation({ dataFolder: dataFolder() })
  const before = readdirSync(dataFolder()).sort()
  const { code, stdout, lines } = await refusal(flagsOf({ dataFolder: dataFolder() }))
  expect({ code, stdout, lines: lines.length }).toEqual({ code: 2, stdout: '', lines: 1 })
  expect(readdirSync(dataFolder()).sort()).toEqual(before)
  const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
  expect((await sender?.store(ctSeries({ series: 1 })(1)))?.status).toBe(0x0000)
  await sender?.release()
})

test('a process that was killed leaves no lock behind', async () => {
  const first = await startWorkstation({ dataFolder: dataFolder() })
  process.kill(first.pid, 'SIGKILL')
  await first.process.exitCode
  await using second = await startWorkstation({ dataFolder: dataFolder() })
  expect(second.pid).not.toBe(first.pid)
})

test('SIGTERM ends it with exit code 0, and soon', async () => {
  const workstation = await startWorkstation({ dataFolder: dataFolder() })
  const startedAt = Date.now()
  process.kill(workstation.pid, 'SIGTERM')
  expect(await workstation.process.exitCode).toBe(0)
  expect(Date.now() - startedAt).toBeLessThan(20_000)
})

test('SIGTERM while it starts ends it with exit code 0, and the next start has no trouble', async () => {
  const starting = start(process.execPath, [headlessMain, ...flagsOf({ dataFolder: dataFolder() })], { cwd: root })
  await expect.poll(() => existsSync(dataFolder()), { interval: 1, timeout: 60_000 }).toBe(true)
  starting.child.kill('SIGTERM')
  expect(await starting.exitCode).toBe(0)
  await using workstation = await startWorkstation({ dataFolder: dataFolder() })
  expect(workstation.dicomPort).toBeGreaterThan(0)
})

test('SIGTERM lets the object under way finish, and takes no new association', async () => {
  const workstation = await startWorkstation({ dataFolder: dataFolder() })
  const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
  const instance = ctSeries({ series: 1 })(1)
  const answer = sender?.storeSlowly(instance, 2500)
  await expect.poll(filesUnderWay, { interval: 20 }).toHaveLength(1)
  process.kill(workstation.pid, 'SIGTERM')
  await expect.poll(() => StoreSender.open(workstation.dicomPort, workstation.aeTitle)).toBeUndefined()
  expect((await answer)?.status).toBe(0x0000)
  expect(await workstation.process.exitCode).toBe(0)
  expect(storedFiles(dataFolder())).toHaveLength(1)
})

test('an object that does not end in time is aborted and leaves nothing', async () => {
  const workstation = await startWorkstation({ dataFolder: dataFolder() })
  const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
  const answer = sender?.storeSlowly(ctSeries({ series: 1 })(1), 30_000)
  await expect.poll(filesUnderWay).toHaveLength(1)
  const startedAt = Date.now()
  process.kill(workstation.pid, 'SIGTERM')
  expect(await workstation.process.exitCode).toBe(0)
  expect(Date.now() - startedAt).toBeLessThan(20_000)
  expect(await answer).toBeUndefined()
  expect(storedFiles(dataFolder())).toEqual([])
  expect(filesUnderWay()).toEqual([])
})

test('the DICOM port may be chosen, and is free again after the end', async () => {
  const dicomPort = await freePort()
  for (const life of [1, 2]) {
    const workstation = await startWorkstation({ dataFolder: dataFolder(), dicomPort })
    expect(workstation.dicomPort, `life ${life}`).toBe(dicomPort)
    await workstation.stop()
  }
})

test('--print-conformance prints the statement of this configuration, and touches nothing', async () => {
  const flags = ['--data', dataFolder(), '--ae-title', 'PRINTED', '--enable', 'qr', '--print-conformance']
  const { code, stdout } = await run(process.execPath, [headlessMain, ...flags], { cwd: root, timeoutMs: 60_000 })
  expect(code).toBe(0)
  expect(stdout).toContain('# DICOM conformance statement: PRINTED, as configured')
  expect(stdout).toContain('| Study Root Query/Retrieve - FIND | yes | yes |')
  expect(existsSync(dataFolder())).toBe(false)
})
