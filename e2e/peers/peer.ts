import type { Spawned } from '../workstation/spawned.ts'

/** A remote AE that a test started on 127.0.0.1. */
export interface Peer extends AsyncDisposable {
  aeTitle: string
  port: number
  process: Spawned
  stop(): Promise<void>
  /** SIGKILL, to it and to the children that serve its associations. */
  killAll(): Promise<void>
}
