import type { ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import type { InstanceStore } from '#electron/archive/instanceStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { WebConfiguration } from '../webApi.ts'

/** Where what is sent here is kept: the same files and the same index as for a C-STORE. */
export interface StoreTarget {
  configuration(): WebConfiguration
  /** The store of the folder of the configuration. */
  store(): InstanceStore
  addInstance: Remote<ArchiveWriterApi>['addInstance']
}
