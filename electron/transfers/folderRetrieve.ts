import type { ArchiveReaderApi, InstanceSource } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { TransferItem } from '#shared/contract/transfers.ts'
import { type FileIdentity, type FolderFiles, TooManyFiles } from './folderFiles.ts'
import type { ImportedFile } from './importFile.ts'
import type { StudyToRetrieve } from './missingInstances.ts'
import { ended, type RunEnd } from './runEnd.ts'
import type { Transfer } from './transfer.ts'

export type ReadFile = (path: string, source: InstanceSource) => Promise<ImportedFile>

export interface FolderRetrieve {
  reader: Pick<Remote<ArchiveReaderApi>, 'holds'>
  server: ServerRow
  study: StudyToRetrieve
  folders: FolderFiles
  readFile: ReadFile
  hasRoom(): boolean
}

const SAY_EVERY_MS = 1000

/** R029: the images of a study out of the folder in which a server keeps its files. Never rejects. */
export async function retrieveFromFolder(transfer: Transfer, options: FolderRetrieve): Promise<RunEnd> {
  const { server, folders, study } = options
  const { folder } = server.retrieving
  let saidAt = Date.now()
  const looked = (files: number) => {
    if (Date.now() - saidAt < SAY_EVERY_MS) return
    saidAt = Date.now()
    transfer.set({ message: `Looks through the folder of ${server.name}: ${files.toLocaleString('en')} files so far.` })
  }
  try {
    const files = await folders.ofStudy(folder, study.studyInstanceUID, looked, transfer.signal)
    const { seriesInstanceUIDs } = study
    const wanted = seriesInstanceUIDs
      ? files.filter(({ identity }) => seriesInstanceUIDs.includes(identity.seriesInstanceUID))
      : files
    return await readAll(transfer, options, wanted)
  } catch (error) {
    if (transfer.signal.aborted) return { kind: 'stopped' }
    return endOf(error, server)
  }
}

async function readAll(
  transfer: Transfer,
  { reader, server, readFile, hasRoom }: FolderRetrieve,
  files: readonly { path: string; identity: FileIdentity }[],
): Promise<RunEnd> {
  const expected = transfer.row().total
  if (files.length === 0)
    return ended(
      'failed',
      `The folder of ${server.name} holds no file of this study. It may keep images elsewhere, or packed: choose another way of retrieving under Servers.`,
    )
  if (files.length > (expected ?? 0)) transfer.set({ total: files.length, message: '' })
  else transfer.set({ message: '' })
  const here = await reader.holds(files.map(({ identity }) => identity.sopInstanceUID))
  for (const { path, identity } of files) {
    if (transfer.signal.aborted) return { kind: 'stopped' }
    const { sopInstanceUID: key } = identity
    const state = transfer.items.get(key)?.state
    if (state === 'done' || state === 'duplicate' || state === 'warning') continue
    if (here[key] !== undefined) {
      transfer.item({ key, state: 'duplicate', status: null, note: 'Here already, not read again.' })
      continue
    }
    if (!hasRoom()) return { kind: 'held', by: 'space', message: NO_ROOM }
    const source = { kind: 'retrieve' as const, callingAETitle: server.aeTitle, address: '', at: Date.now() }
    const read = await readFile(path, source)
    if (read.outcome === 'rejected' && !hasRoom()) return { kind: 'held', by: 'space', message: NO_ROOM }
    transfer.item(itemOf(key, read), read.bytes)
    if (read.studyId !== undefined) transfer.addStudy(read.studyId)
  }
  const { done, failed } = transfer.row()
  if (failed > 0) return ended(done > 0 ? 'partial' : 'failed', 'Some files could not be read; the list says why.')
  if (expected !== null && done < expected)
    return ended('partial', `The folder of ${server.name} holds ${done} of ${expected} images. Retry looks again.`)
  return ended('done')
}

function itemOf(key: string, { outcome, note }: ImportedFile): TransferItem {
  if (outcome === 'rejected' || outcome === 'left-out') return { key, state: 'failed', status: null, note }
  if (outcome === 'duplicate') return { key, state: 'duplicate', status: null, note }
  return { key, state: note === '' ? 'done' : 'warning', status: null, note }
}

/** A share that is away comes back; a folder that is not there has to be put right by somebody. */
const AWAY = new Set(['EIO', 'ESTALE', 'ETIMEDOUT', 'EHOSTDOWN', 'EHOSTUNREACH', 'ENOTCONN', 'EBUSY', 'THREAD_GONE'])

function endOf(error: unknown, { name, retrieving }: ServerRow): RunEnd {
  if (error instanceof TooManyFiles)
    return ended('failed', `The folder of ${name} holds more than a million files. Retrieve from it by MOVE or GET.`)
  const code = (error as { code?: unknown }).code
  const message = `The storage folder of ${name} cannot be read: ${retrieving.folder} (${String(code ?? 'unknown error')}). Check it under Servers, and whether this computer may read it.`
  return AWAY.has(String(code)) ? { kind: 'again', scope: 'destination', message } : ended('failed', message)
}

const NO_ROOM =
  'The disk of the storage folder here is full, or not connected. It goes on by itself once there is space.'
