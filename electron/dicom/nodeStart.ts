import type { MessagePort } from 'node:worker_threads'
import type { NodeConfiguration } from './nodeApi.ts'

/** What the node's thread is started with. */
export interface NodeStart {
  writerPort: MessagePort
  configuration: NodeConfiguration
}

/** Replaces the way to the archive's writer. */
export interface WriterPortNotice {
  kind: 'writerPort'
  port: MessagePort
}
