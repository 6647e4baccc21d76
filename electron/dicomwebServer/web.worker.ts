import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { ArchiveReaderApi, ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import { expose } from '#electron/threads/expose.ts'
import { remote } from '#electron/threads/remote.ts'
import { createWebNode } from './webNode.ts'

/** The thread that owns the sockets of the DICOMweb server; it is there only while that is switched on. */
if (!parentPort) throw new Error('This file is a thread')
const { writerPort, readerPort } = workerData as WebWorkerData
let writer = remote<ArchiveWriterApi>(writerPort)
let reader = remote<ArchiveReaderApi>(readerPort)

parentPort.on('message', (message: WebNotice | { kind: 'call' }) => {
  // A thread of the archive died and a new one is at work.
  if (message.kind === 'writerPort') writer = remote<ArchiveWriterApi>(message.port)
  else if (message.kind === 'readerPort') reader = remote<ArchiveReaderApi>(message.port)
})
expose(
  parentPort,
  createWebNode({
    writer: { addInstance: (instance) => writer.addInstance(instance) },
    reader: {
      query: (query, signal) => reader.query(query, signal),
      select: (query, signal) => reader.select(query, signal),
      locate: (selection) => reader.locate(selection),
      changeFeed: (from) => reader.changeFeed(from),
      holdings: () => reader.holdings(),
    },
  }),
)

export interface WebWorkerData {
  writerPort: MessagePort
  readerPort: MessagePort
}

export type WebNotice = { kind: 'writerPort' | 'readerPort'; port: MessagePort }
