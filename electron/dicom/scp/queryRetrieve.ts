import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { queryRetrieveFind } from './queryRetrieveFind.ts'
import { queryRetrieveGet } from './queryRetrieveGet.ts'
import { queryRetrieveMove } from './queryRetrieveMove.ts'
import type { Service } from './service.ts'

export type QueryRetrieveArchive = Pick<Remote<ArchiveReaderApi>, 'query' | 'select' | 'locate'>

/** PS3.4 C as SCP. One switch turns all of it on. */
export function queryRetrieve(archive: QueryRetrieveArchive): Service[] {
  return [queryRetrieveFind(archive), queryRetrieveMove(archive), queryRetrieveGet(archive)]
}
