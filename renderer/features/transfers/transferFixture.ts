import type { TransferRow } from '#shared/contract/transfers.ts'

/** For tests: a send that is done, with other values where they matter. */
export const transferRow = (more: Partial<TransferRow> = {}): TransferRow => ({
  ...{ transferId: 't', kind: 'send', state: 'done', title: '', peer: 'Northview', studyIds: [7] },
  ...{ startedAt: 1, endedAt: null, total: 10, done: 10, warnings: 0, failed: 0, duplicates: 0 },
  ...{ bytes: 0, bytesPerSecond: 0, message: '', canRetry: false, priority: 'normal', attempts: 0 },
  ...{ nextAttemptAt: null, opensAt: null, isAtAnyHour: false, hold: null, ruleName: '', proof: null, run: null },
  ...more,
})
