import { parentPort, workerData } from 'node:worker_threads'
import type { ArchiveReaderApi, ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import { expose } from '#electron/threads/expose.ts'
import { remote } from '#electron/threads/remote.ts'
import { createNode } from './node.ts'
import type { NodeNotice, NodeStart } from './nodeStart.ts'

/** The thread that owns the DICOM sockets. */
if (!parentPort) throw new Error('This file is a thread')
const main = parentPort
const { writerPort, readerPort, configuration } = workerData as NodeStart
let port = writerPort
let writer = remote<ArchiveWriterApi>(port)
let reading = readerPort
let reader = remote<ArchiveReaderApi>(reading)

main.on('message', (message: NodeNotice | { kind: 'call' }) => {
  if (message.kind === 'writerPort') {
    // The archive's writer died and a new one is at work: what is received from now on goes there.
    port = message.port
    writer = remote<ArchiveWriterApi>(port)
  } else if (message.kind === 'readerPort') {
    reading = message.port
    reader = remote<ArchiveReaderApi>(reading)
  } else if (message.kind === 'end') {
    port.close()
    reading.close()
    main.close()
  }
})
const archive = {
  addInstance: (instance) => writer.addInstance(instance),
  beginCommitment: (request) => writer.beginCommitment(request),
  answerCommitment: (report) => writer.answerCommitment(report),
  createStep: (step) => writer.createStep(step),
  changeStep: (sopInstanceUID, changes) => writer.changeStep(sopInstanceUID, changes),
} satisfies Partial<typeof writer>
const peers = {
  query: (query, signal) => reader.query(query, signal),
  select: (query, signal) => reader.select(query, signal),
  locate: (selection) => reader.locate(selection),
  worklistItems: (query, signal) => reader.worklistItems(query, signal),
  performedStep: (sopInstanceUID) => reader.performedStep(sopInstanceUID),
} satisfies Partial<typeof reader>
expose(main, createNode(configuration, archive, peers))
main.postMessage({ kind: 'ready' })
