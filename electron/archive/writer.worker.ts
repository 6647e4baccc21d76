import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { expose } from '#electron/threads/expose.ts'
import { instanceAdder } from './addInstance.ts'
import { adoptQuarantined } from './adoptQuarantined.ts'
import { archiveWriter } from './archiveWriter.ts'
import { bringOver } from './bringOver.ts'
import { ChangeNotice } from './changeNotice.ts'
import { openIndex } from './openIndex.ts'
import { recoverOrphans } from './recoverOrphans.ts'
import { setAsideDamaged } from './salvage.ts'
import type { WriterNotice, WriterStart } from './writerNotice.ts'

if (!parentPort) throw new Error('This file is a thread')
const main = parentPort
const tell = (notice: WriterNotice) => main.postMessage(notice)
const { dataFolder, recover, rebuild } = workerData as WriterStart

const damaged = rebuild ? setAsideDamaged(dataFolder) : undefined
const { db, folders } = openIndex(dataFolder)
if (damaged) bringOver(db, damaged.path)
if (recover && !damaged) {
  const { indexed, unreadable } = recoverOrphans(db, folders, instanceAdder(db, folders))
  if (indexed + unreadable > 0)
    console.warn(`Files of the last run without a row in the index: ${indexed} indexed, ${unreadable} not readable`)
}
if (recover) adoptQuarantined(db, folders)
const changes = new ChangeNotice((studyIds) => tell({ kind: 'studiesChanged', studyIds }))
const events = {
  studiesChanged: (studyIds: Iterable<number>) => changes.add(studyIds),
  storageFolderChanged: (folder: string) => tell({ kind: 'storageFolder', folder }),
  worklistChanged: () => tell({ kind: 'worklistChanged' }),
}
const writer = archiveWriter(db, folders, events, damaged?.memories)
main.on('message', (message: { kind: string; port?: MessagePort }) => {
  if (message.kind === 'port' && message.port) expose(message.port, writer)
})
expose(main, writer)
tell({ kind: 'ready', storageFolder: folders.current().path })
