import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import { expose } from '#electron/threads/expose.ts'
import { type Remote, remote } from '#electron/threads/remote.ts'
import { createNode } from './node.ts'
import type { NodeStart, WriterPortNotice } from './nodeStart.ts'

/** The thread that owns the DICOM sockets and the files being received: file calls are synchronous and hurt nobody else. */
if (!parentPort) throw new Error('This file is a thread')
const { writerPort, configuration } = workerData as NodeStart
let writer: Remote<ArchiveWriterApi> = remote<ArchiveWriterApi>(writerPort)

// The archive's writer died and a new one is at work: what is received from now on goes there.
parentPort.on('message', (message: Partial<WriterPortNotice> | undefined) => {
  if (message?.kind === 'writerPort' && message.port) writer = remote<ArchiveWriterApi>(message.port as MessagePort)
})
expose(parentPort, createNode(configuration, { addInstance: (instance) => writer.addInstance(instance) }))
parentPort.postMessage({ kind: 'ready' })
