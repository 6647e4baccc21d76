import type { ArchiveReaderApi, ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import { InstanceStore } from '#electron/archive/instanceStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { webHandlers } from './handlers.ts'
import type { Patience } from './http/body.ts'
import { WebServer } from './http/webServer.ts'
import type { WebApi, WebConfiguration } from './webApi.ts'
import { WebEvents } from './webEvents.ts'

export interface WebArchive {
  reader: Pick<Remote<ArchiveReaderApi>, 'query' | 'select' | 'locate' | 'changeFeed' | 'holdings'>
  writer: Pick<Remote<ArchiveWriterApi>, 'addInstance'>
}

/** The DICOMweb server as one object; `web.worker.ts` gives it a thread of its own. */
export function createWebNode(archive: WebArchive, patience?: Patience): WebApi {
  const events = new WebEvents()
  let configuration: WebConfiguration | undefined
  let open: { key: string; server: WebServer; port: number } | undefined
  let store: InstanceStore | undefined

  const current = (): WebConfiguration => {
    if (!configuration) throw new Error('Not configured yet')
    return configuration
  }
  const handlers = webHandlers({
    archive: archive.reader,
    tell: (event) => events.push({ kind: 'store', event }),
    target: {
      configuration: current,
      addInstance: (instance) => archive.writer.addInstance(instance),
      store() {
        const { storageFolder } = current()
        if (store?.folder !== storageFolder) {
          store?.close()
          store = new InstanceStore(storageFolder)
        }
        return store
      },
    },
  })
  const stop = async () => {
    const { server } = open ?? {}
    open = undefined
    await server?.close()
  }
  return {
    async configure(next) {
      configuration = next
      const key = JSON.stringify([next.host, next.port, next.tls !== undefined])
      if (open?.key === key) {
        open.server.configure(next)
        return { port: open.port }
      }
      await stop()
      const server = new WebServer(next, {
        answer: handlers.answer,
        log: (request) => events.push({ kind: 'request', request }),
        ...(patience && { patience }),
      })
      const port = await server.listen()
      open = { key, server, port }
      return { port }
    },
    events: (signal) => events.read(signal),
    async close() {
      await stop()
      await handlers.close()
      store?.close()
      store = undefined
    },
  }
}
