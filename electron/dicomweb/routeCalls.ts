import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Dicomweb } from './openDicomweb.ts'

export type Calls = Pick<Remote<NodeApi>, 'find' | 'get' | 'move' | 'send'>

/** Each call to the peer's own way: over HTTP where the peer has a web route, else by DIMSE. */
export function routeCalls(node: Calls, dicomweb: Dicomweb): Calls {
  return {
    find: (peer, query, signal) => (peer.web ? dicomweb.find(peer.web, query, signal) : node.find(peer, query, signal)),
    get: (peer, request, signal) =>
      peer.web ? dicomweb.get(peer.web, request, signal) : node.get(peer, request, signal),
    move: (peer, request, signal) => node.move(peer, request, signal),
    send: (peer, instances, signal) =>
      peer.web ? dicomweb.send(peer.web, instances, signal) : node.send(peer, instances, signal),
  }
}
