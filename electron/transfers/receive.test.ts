import { expect, test } from 'vitest'
import { temporaryFolder } from '#electron/archive/archiveFixture.ts'
import { openArchive } from '#electron/archive/openArchive.ts'
import { Receive } from './receive.ts'
import { TransferLog } from './transferLog.ts'

test('callers that are refused end nothing while the index cannot be written', async () => {
  const folder = temporaryFolder()
  const archive = await openArchive(folder.path)
  const unhandled: unknown[] = []
  const note = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', note)
  try {
    let tries = 0
    const fails = () => {
      tries += 1
      return Promise.reject(Object.assign(new Error('disk full'), { code: 'no-space' }))
    }
    const { saveTransfers, pruneTransfers } = archive.writer
    const log = await TransferLog.load({
      reader: archive.reader,
      writer: { saveTransfers, pruneTransfers, deleteTransfers: fails },
    })
    const receive = new Receive({
      ...{ log, titleOf: async () => '', abort: () => {}, claim: () => false, aeTitle: () => 'HERE' },
    })
    for (let at = 0; at <= 100; at += 1)
      receive.handle({
        ...{ kind: 'associationRejected', at, result: 1, source: 1, reason: 3, note: '' },
        party: { callingAETitle: `CALLER${at}`, calledAETitle: 'HERE', address: '10.0.0.9' },
        proposal: { implementation: '', maxPduLength: 0, contexts: [] },
      })
    await expect.poll(() => tries).toBe(1)
    await new Promise((resolve) => setImmediate(resolve))
    expect(unhandled).toEqual([])
    await log.save()
  } finally {
    process.off('unhandledRejection', note)
    await archive.close()
    folder.remove()
  }
})
