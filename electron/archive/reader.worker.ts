import { parentPort, workerData } from 'node:worker_threads'
import { expose } from '#electron/threads/expose.ts'
import { databasePath } from './archivePaths.ts'
import { archiveReader } from './archiveReader.ts'
import { openDatabase } from './database.ts'

if (!parentPort) throw new Error('This file is a thread')
const { dataFolder } = workerData as { dataFolder: string }
expose(parentPort, archiveReader(openDatabase(databasePath(dataFolder), 'read')))
parentPort.postMessage({ kind: 'ready' })
