import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { databasePath } from '#electron/archive/archivePaths.ts'
import { find } from '../run/debianPackages.ts'
import { UNFORGIVEN } from '../run/unforgiven.ts'
import { type Spawned, start, stop } from '../workstation/spawned.ts'
import { startWorkstation, type Workstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { examine } from './archiveOnDisk.ts'
import { ctSeries } from './storedInstance.ts'
import { StoreSender } from './storeSender.ts'
import { readStraceLog, STRACE_OPTIONS, type SystemCall, TRACED_CALLS } from './straceLog.ts'

test.skip(!find('strace'), 'strace is not installed (apt-get install strace)')
test.skip(process.getuid?.() !== 0, 'only root may attach strace to a running process')

/** A place of the store where the disk can fail. `isIt` finds it in the trace of a store that went well. */
interface Place {
  name: string
  isIt(call: SystemCall, dataFolder: string): boolean
}

const isIndexLog = (call: SystemCall, dataFolder: string) => call.paths[0] === `${databasePath(dataFolder)}-wal`
const isTemporary = (path: string | undefined) => dirname(path ?? '').endsWith('/storage/tmp')

const PLACES: Place[] = [
  { name: 'data write', isIt: (call) => call.name === 'pwrite64' && isTemporary(call.paths[0]) },
  { name: 'data sync', isIt: (call) => call.name.includes('sync') && call.paths[0]?.endsWith('.dcm') === true },
  { name: 'rename', isIt: (call) => call.name.startsWith('rename') && isTemporary(call.paths[0]) },
  { name: 'directory sync', isIt: (call) => call.name === 'fsync' && !call.paths[0]?.includes('.') },
  { name: "write of the index's log", isIt: (call, folder) => call.name === 'pwrite64' && isIndexLog(call, folder) },
  { name: "sync of the index's log", isIt: (call, folder) => call.name.includes('sync') && isIndexLog(call, folder) },
]

const STORES = 5

/** Attaches strace, and waits until it holds every thread that it was asked for. */
async function attach(args: string[]): Promise<Spawned> {
  const spawned = start('strace', args)
  await until('strace to attach', () => (/attached/.test(spawned.stderr()) ? true : undefined))
  return spawned
}

async function storeSome(workstation: Workstation, series: number, sent: Map<string, string>): Promise<number[]> {
  const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
  const instances = ctSeries({ series })
  const statuses: number[] = []
  for (let number = 1; sender && number <= STORES; number += 1) {
    const instance = instances(number)
    sent.set(instance.sopInstanceUID, instance.sha256)
    const answer = await sender.store(instance)
    statuses.push(answer?.status ?? -1)
  }
  await sender?.release()
  return statuses
}

/** Which thread does it, and with which call: learnt from a store that goes well. */
async function learn(workstation: Workstation, log: string, sent: Map<string, string>): Promise<SystemCall[]> {
  const tracer = await attach([
    ...STRACE_OPTIONS.filter((option) => option !== '--seccomp-bpf'),
    ...['-o', log, '-e', `trace=${TRACED_CALLS}`, '-p', String(workstation.pid)],
  ])
  const statuses = await storeSome(workstation, 900, sent)
  await stop(tracer)
  expect(statuses).toEqual(Array.from({ length: STORES }, () => 0x0000))
  return readStraceLog(log)
}

test('no store succeeds while the disk fails, and the next one after it does', async () => {
  using folder = temporaryFolder()
  const dataFolder = join(folder.path, 'data')
  const sent = new Map<string, string>()
  await using workstation = await startWorkstation({ dataFolder })
  const calls = await learn(workstation, join(folder.path, 'learn.log'), sent)

  let series = 0
  for (const place of PLACES) {
    const call = calls.find((one) => place.isIt(one, dataFolder))
    expect(call, `a ${place.name} in the trace`).toBeDefined()
    for (const error of ['EIO', 'ENOSPC', 'EACCES', 'EROFS']) {
      await test.step(`${place.name}: ${error}`, async () => {
        series += 1
        const log = join(folder.path, `inject-${series}.log`)
        const thread = String(call?.thread)
        const tracer = await attach(['-o', log, '-e', `inject=${call?.name}:error=${error}`, '-p', thread])
        const failing = await storeSome(workstation, series, sent)
        await stop(tracer)
        expect(existsSync(log) && readFileSync(log, 'latin1')).toContain('(INJECTED)')
        expect(failing, UNFORGIVEN).not.toContain(0x0000)
        expect(await storeSome(workstation, series, sent), 'the disk is well again').toEqual(
          Array.from({ length: STORES }, () => 0x0000),
        )
      })
    }
  }

  await workstation.stop()
  const findings = examine(dataFolder, new Set(sent.keys()), sent)
  expect(findings, UNFORGIVEN).toEqual({
    acknowledgedLost: [],
    rowsWithoutFile: [],
    truncatedFiles: [],
    temporaryFiles: [],
  })
})
