import { parentPort, workerData } from 'node:worker_threads'
import type { ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import { expose } from '#electron/threads/expose.ts'
import { remote } from '#electron/threads/remote.ts'
import { createNode } from './node.ts'
import type { NodeNotice, NodeStart } from './nodeStart.ts'

/** The thread that owns the DICOM sockets and the files being received: file calls are synchronous and hurt nobody else. */
if (!parentPort) throw new Error('This file is a thread')
const main = parentPort
const { writerPort, configuration } = workerData as NodeStart
let port = writerPort
let writer = remote<ArchiveWriterApi>(port)

main.on('message', (message: NodeNotice | { kind: 'call' }) => {
  if (message.kind === 'writerPort') {
    // The archive's writer died and a new one is at work: what is received from now on goes there.
    port = message.port
    writer = remote<ArchiveWriterApi>(port)
  } else if (message.kind === 'end') {
    port.close()
    main.close()
  }
})
expose(main, createNode(configuration, { addInstance: (instance) => writer.addInstance(instance) }))
main.postMessage({ kind: 'ready' })
