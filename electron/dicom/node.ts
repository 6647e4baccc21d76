import type { ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import { InstanceStore } from '#electron/archive/instanceStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { AssociationError } from './associationError.ts'
import type { NodeApi, NodeConfiguration, Peer } from './nodeApi.ts'
import { EventQueue } from './scp/eventQueue.ts'
import { Listener } from './scp/listener.ts'
import { LongHeaders } from './scp/longHeaders.ts'
import type { StepArchive, StepReader } from './scp/performedStep.ts'
import type { QueryRetrieveArchive } from './scp/queryRetrieve.ts'
import { ServiceRegistry } from './scp/service.ts'
import { allServices } from './scp/services.ts'
import { storage } from './scp/storage.ts'
import { type CommitmentArchive, CommitmentRequesters } from './scp/storageCommitment.ts'
import type { WorklistArchive } from './scp/worklist.ts'
import type { ReportingPeer } from './scu/callReport.ts'
import { echo } from './scu/echo.ts'
import { find } from './scu/find.ts'
import { findWorklist } from './scu/findWorklist.ts'
import { get } from './scu/get.ts'
import { lookAtCertificate } from './scu/lookAtCertificate.ts'
import { move } from './scu/move.ts'
import { negotiate } from './scu/negotiate.ts'
import { requestCommitment } from './scu/requestCommitment.ts'
import { send } from './scu/send.ts'
import { dialCommitmentReport } from './scu/sendCommitmentReport.ts'
import { sendStep } from './scu/sendStep.ts'

/** The DICOM node as one object; `node.worker.ts` gives it a thread of its own. */
export function createNode(
  configuration: NodeConfiguration,
  archive: Pick<Remote<ArchiveWriterApi>, 'addInstance'> & CommitmentArchive & StepArchive,
  reader: QueryRetrieveArchive & WorklistArchive & StepReader,
): NodeApi {
  const events = new EventQueue()
  const longHeaders = new LongHeaders()
  const stores = new Map<string, InstanceStore>()
  const storeFor = (folder: string) => {
    const store = stores.get(folder) ?? new InstanceStore(folder)
    stores.set(folder, store)
    return store
  }
  const requesters = new CommitmentRequesters()
  const parts = { archive, longHeaders, requesters, storeFor, reader }
  const services = new ServiceRegistry(allServices(parts))
  const listener = new Listener(configuration, services, (event) => events.push(event))
  const told = (peer: Peer): ReportingPeer => ({ ...peer, report: (event) => events.push(event) })
  return {
    async configure(next) {
      listener.configure(next)
    },
    listen: async (endpoint) => ({ port: await listener.listen(endpoint) }),
    stopListening: (tls) => listener.stopListening(tls),
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
    echo: (peer, signal) => echo(told(peer), signal),
    lookAtCertificate,
    negotiate: (peer, contexts, signal) => negotiate(told(peer), contexts, signal),
    find: (peer, query, signal) => find(told(peer), query, signal),
    findWorklist: (peer, ...rest) => findWorklist(told(peer), ...rest),
    sendStep: (peer, ...rest) => sendStep(told(peer), ...rest),
    move: (peer, request, signal) => move(told(peer), request, signal),
    get: (peer, request, signal) =>
      get(told(peer), request, signal, { storage: storage(parts), configuration: listener.configuration }),
    send: (peer, instances, signal) => send(told(peer), instances, signal),
    reportCommitment: async (associationId, peer, report, signal) => {
      if (requesters.isOpen(associationId)) return requesters.report(associationId, report)
      if (!peer) throw new AssociationError('LOST', 'The association is over, and no server has this AE title')
      await dialCommitmentReport(told(peer), report, signal)
    },
    requestCommitment: (peer, request, signal) => requestCommitment(archive, told(peer), request, signal),
    events: (signal) => events.read(signal),
  }
}
