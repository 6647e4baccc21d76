import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { expose } from '#electron/threads/expose.ts'
import { databasePath } from './archivePaths.ts'
import { archiveReader } from './archiveReader.ts'
import { openDatabase } from './database.ts'

if (!parentPort) throw new Error('This file is a thread')
const { dataFolder } = workerData as { dataFolder: string }
const reader = archiveReader(openDatabase(databasePath(dataFolder), 'read'))
parentPort.on('message', (message: { kind: string; port?: MessagePort }) => {
  if (message.kind === 'port' && message.port) expose(message.port, reader)
})
expose(parentPort, reader)
parentPort.postMessage({ kind: 'ready' })
