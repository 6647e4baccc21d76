import { MessageChannel, Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { remote } from '#electron/threads/remote.ts'
import type { ArchiveWriterApi } from './archiveApi.ts'
import { ctImage, publish, temporaryFolder } from './archiveFixture.ts'
import { InstanceStore } from './instanceStore.ts'
import { keepAlive } from './keepAlive.ts'

test('a writer that dies is started anew: calls in flight fail, what was acknowledged is there', async () => {
  const folder = temporaryFolder()
  const worker = (first: boolean) =>
    new Worker(new URL('./writer.worker.ts', import.meta.url), {
      workerData: { dataFolder: folder.path, recover: first, rebuild: false },
    })
  let storageFolder = ''
  let restarted = () => {}
  const writer = await keepAlive<ArchiveWriterApi>({
    start: worker,
    onNotice: (notice) => {
      if (notice.kind === 'ready') storageFolder = notice.storageFolder
    },
    onRestart: () => restarted(),
  })
  const store = new InstanceStore(storageFolder)
  const kept = publish(store, ctImage())
  expect((await writer.api.addInstance(kept)).outcome).toBe('stored')

  const { port1, port2 } = new MessageChannel()
  writer.worker().postMessage({ kind: 'port', port: port2 }, [port2])
  const furtherWriter = remote<ArchiveWriterApi>(port1)
  await furtherWriter.deleteTransfers([])
  const again = new Promise<void>((resolve) => {
    restarted = resolve
  })
  const incoming = store.begin()
  const inFlight = [writer.api.rebuildIndex(new AbortController().signal), furtherWriter.addInstance(kept)]
  await Promise.all([
    writer.worker().terminate(),
    expect(inFlight[0]).rejects.toMatchObject({ code: 'THREAD_GONE' }),
    again,
  ])
  await expect(furtherWriter.addInstance(kept)).rejects.toMatchObject({ code: 'THREAD_GONE' })

  expect((await writer.api.addInstance(kept)).outcome).toBe('duplicate')
  expect((await writer.api.addInstance(publish(store, ctImage()))).outcome).toBe('stored')
  // a file under way outlives the writer
  incoming.write(Buffer.alloc(10))
  incoming.finish().sync()
  store.close()
  await writer.stop()
  folder.remove()
}, 240_000)
