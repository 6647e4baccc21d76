import type { MoveProgress, RetrieveKeys } from '#electron/dicom/nodeApi.ts'
import type { RunningRetrieve } from './retrieveRegistry.ts'
import type { Transfer } from './transfer.ts'

/** How long we wait for images that the server says are on their way when its final response overtakes them. */
const SETTLE_QUIET_MS = 2000
const SETTLE_MAX_MS = 15_000

export interface Retrieves {
  /** C-MOVE or C-GET. */
  ask(request: RetrieveKeys): AsyncIterable<MoveProgress>
  requests: RetrieveKeys[]
  /** Not asked for: counted beside what the server says. */
  alreadyHere: number
}

/** One request after the other; one that fails before any image ends it. The counts come back as one. */
export async function retrieveAll({ transfer }: RunningRetrieve, retrieves: Retrieves): Promise<MoveProgress> {
  const { ask, requests, alreadyHere } = retrieves
  const finals: MoveProgress[] = []
  for (const request of requests) {
    const before = sum(finals)
    for await (const progress of ask(request)) {
      if (progress.final) finals.push(progress)
      else noteTotal(transfer, progress, alreadyHere + before.completed + before.failed)
    }
    const { status, completed } = sum(finals)
    if (status !== 0 && completed === 0) break
  }
  return sum(finals)
}

/** The server's own count beats what a query said before. */
export function noteTotal(transfer: Transfer, progress: MoveProgress, before: number): void {
  const { remaining = 0, completed, failed, warning } = progress
  const total = before + remaining + completed + failed + warning
  if (total > (transfer.row().total ?? 0)) transfer.set({ total })
}

/** PS3.4 C.4.2.1.6: the counts of several requests as one; the first status that is not success counts. */
function sum(finals: readonly MoveProgress[]): MoveProgress {
  const worst = finals.find(({ status }) => status !== 0)
  const total = (pick: (final: MoveProgress) => number) => finals.reduce((count, final) => count + pick(final), 0)
  return {
    final: true,
    status: worst?.status ?? 0,
    errorComment: worst?.errorComment,
    remaining: undefined,
    completed: total((final) => final.completed + final.warning),
    failed: total((final) => final.failed),
    warning: 0,
    failedSOPInstanceUIDs: finals.flatMap((final) => final.failedSOPInstanceUIDs),
  }
}

/** Our own events take another road than the move's responses: wait until the counts agree or nothing comes any more. */
export async function settle(running: RunningRetrieve, expected: number): Promise<void> {
  const startedAt = Date.now()
  const { transfer } = running
  while (!transfer.signal.aborted) {
    const now = Date.now()
    const { done, failed } = transfer.row()
    if (done + failed >= expected) return
    if (now - Math.max(running.lastReceivedAt, startedAt) > SETTLE_QUIET_MS || now - startedAt > SETTLE_MAX_MS) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
