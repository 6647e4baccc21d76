import type { MessagePort } from 'node:worker_threads'
import type { NodeConfiguration } from './nodeApi.ts'

/** What the node's thread is started with. */
export interface NodeStart {
  writerPort: MessagePort
  readerPort: MessagePort
  configuration: NodeConfiguration
}

/** What the thread is told beside the calls of NodeApi. */
export type NodeNotice =
  | {
      /** Replaces the way to the archive's writer. */
      kind: 'writerPort'
      port: MessagePort
    }
  | {
      /** Replaces the way to the archive's reader. */
      kind: 'readerPort'
      port: MessagePort
    }
  | { kind: 'end' }
