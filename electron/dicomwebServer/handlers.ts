import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { NodeEvent } from '#electron/dicom/nodeApi.ts'
import { CodecPool } from '#electron/pixels/codecPool.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { tellChanges } from './feed/changes.ts'
import { statistics } from './feed/statistics.ts'
import type { Answer, Asked } from './http/answer.ts'
import type { Route } from './http/route.ts'
import { WebRefusal } from './http/webRefusal.ts'
import { retrieveBulkData } from './retrieve/bulkData.ts'
import { Converter } from './retrieve/converter.ts'
import { Frames } from './retrieve/frames.ts'
import { retrieveInstances } from './retrieve/instances.ts'
import { retrieveMetadata } from './retrieve/metadata.ts'
import { retrieveRendered } from './retrieve/rendered.ts'
import { search } from './search/search.ts'
import { storeInstances } from './store/storeInstances.ts'
import type { StoreTarget } from './store/storeTarget.ts'

export interface HandlerParts {
  archive: Pick<Remote<ArchiveReaderApi>, 'query' | 'select' | 'locate' | 'changeFeed' | 'holdings'>
  target: StoreTarget
  /** What comes in by STOW-RS, told as what comes in by C-STORE. */
  tell(event: NodeEvent): void
}

export interface WebHandlers {
  answer(route: Route, asked: Asked): Promise<Answer>
  close(): Promise<void>
}

/** Pictures are made one at a time: they are for a glance, and the archive's own work comes first. */
const PICTURE_WORKERS = 1

export function webHandlers({ archive, target, tell }: HandlerParts): WebHandlers {
  const pictures = new CodecPool(PICTURE_WORKERS)
  const converter = new Converter()
  const frames = new Frames(archive, converter)
  const tellStatistics = statistics({ archive, storageFolder: () => target.configuration().storageFolder })
  return {
    async answer(route, asked) {
      switch (route.kind) {
        case 'search':
          return search(archive, asked, route.level, route.target)
        case 'instances':
          return retrieveInstances({ archive, converter }, asked, route.target)
        case 'metadata':
          return retrieveMetadata({ archive }, asked, route.target)
        case 'frames':
          return frames.retrieve(asked, route.target, route.frames)
        case 'bulkData':
          return retrieveBulkData({ archive, frames }, asked, route.target, route.path)
        case 'rendered':
        case 'thumbnail':
          return retrieveRendered({ archive, pictures }, asked, route.target, route.frames, route.kind === 'thumbnail')
        case 'changes':
          return tellChanges(archive, asked)
        case 'statistics':
          return tellStatistics(asked)
        case 'store':
          if (target.configuration().store) return storeInstances(target, asked, route.target, tell)
          throw new WebRefusal(
            403,
            'Storing by DICOMweb is switched off here. Settings, DICOMweb server, switches it on.',
          )
      }
    },
    async close() {
      converter.close()
      await pictures.close()
    },
  }
}
