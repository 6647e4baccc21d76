import type { ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import { InstanceStore } from '#electron/archive/instanceStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { NodeApi, NodeConfiguration } from './nodeApi.ts'
import { EventQueue } from './scp/eventQueue.ts'
import { Listener } from './scp/listener.ts'
import { LongHeaders } from './scp/longHeaders.ts'
import { ServiceRegistry } from './scp/service.ts'
import { allServices } from './scp/services.ts'
import { echo } from './scu/echo.ts'
import { find } from './scu/find.ts'
import { move } from './scu/move.ts'
import { send } from './scu/send.ts'

/** The DICOM node as one object; `node.worker.ts` gives it a thread of its own. */
export function createNode(
  configuration: NodeConfiguration,
  archive: Pick<Remote<ArchiveWriterApi>, 'addInstance'>,
): NodeApi {
  const events = new EventQueue()
  const longHeaders = new LongHeaders()
  const stores = new Map<string, InstanceStore>()
  const services = new ServiceRegistry(
    allServices({
      archive,
      longHeaders,
      storeFor(folder) {
        const known = stores.get(folder)
        if (known) return known
        const store = new InstanceStore(folder)
        stores.set(folder, store)
        return store
      },
    }),
  )
  const listener = new Listener(configuration, services, (event) => events.push(event))
  return {
    async configure(next) {
      listener.configuration = next
    },
    listen: async (endpoint) => ({ port: await listener.listen(endpoint) }),
    listenExtra: async (endpoint) => ({ port: await listener.listenExtra(endpoint) }),
    closeExtra: (port) => listener.closeExtra(port),
    async abortAssociation(associationId) {
      listener.abort(associationId)
    },
    async close(graceMs) {
      await listener.close(graceMs)
      for (const store of stores.values()) store.close()
      stores.clear()
      longHeaders.close()
    },
    echo,
    find,
    move,
    send,
    events: (signal) => events.read(signal),
  }
}
