import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { databasePath } from '#electron/archive/archivePaths.ts'
import { find } from '../run/debianPackages.ts'
import { UNFORGIVEN } from '../run/unforgiven.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { examine, indexedFiles } from './archiveOnDisk.ts'
import { proveDurability } from './durability.ts'
import { ctSeries } from './storedInstance.ts'
import { StoreSender } from './storeSender.ts'
import { readStraceLog, STRACE_OPTIONS, TRACED_CALLS } from './straceLog.ts'

test.skip(!find('strace'), 'strace is not installed (apt-get install strace)')

const STORES_EACH = 200

for (const associations of [1, 4]) {
  test(`nothing is acknowledged before it is durable: ${STORES_EACH} stores on ${associations} association(s)`, async () => {
    using folder = temporaryFolder()
    const dataFolder = join(folder.path, 'data')
    const log = join(folder.path, 'strace.log')
    const under = ['strace', ...STRACE_OPTIONS, '-o', log, '-e', `trace=${TRACED_CALLS}`]
    const workstation = await startWorkstation({ dataFolder, under })
    const sent = new Map<string, string>()
    const acknowledged = new Set<string>()
    try {
      const send = async (series: number) => {
        const instance = ctSeries({ series })
        const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
        for (let number = 1; number <= STORES_EACH / associations; number += 1) {
          const one = instance(number)
          sent.set(one.sopInstanceUID, one.sha256)
          const answer = await sender?.store(one)
          expect(answer).toEqual({ sopInstanceUID: one.sopInstanceUID, status: 0x0000 })
          acknowledged.add(one.sopInstanceUID)
        }
        await sender?.release()
      }
      await Promise.all(Array.from({ length: associations }, (_, index) => send(index + 1)))
    } finally {
      process.kill(workstation.pid, 'SIGTERM')
      await workstation.process.exitCode
    }
    const files = new Map(indexedFiles(dataFolder).map((one) => [one.sopInstanceUID, one.path]))
    const walFile = `${databasePath(dataFolder)}-wal`
    const proof = proveDurability(readStraceLog(log), { dicomPort: workstation.dicomPort, walFile, files })
    expect(proof, UNFORGIVEN).toEqual({ responses: STORES_EACH, violations: [] })
    expect(examine(dataFolder, acknowledged, sent), UNFORGIVEN).toEqual({
      acknowledgedLost: [],
      rowsWithoutFile: [],
      truncatedFiles: [],
      temporaryFiles: [],
    })
  })
}
