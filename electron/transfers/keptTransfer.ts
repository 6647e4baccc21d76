import type { KeptTransfer } from '#electron/archive/archiveApi.ts'

/** Where a job stands when it is made. */
export const queueFields: Pick<
  KeptTransfer,
  'priority' | 'attempts' | 'nextAttemptAt' | 'hold' | 'ruleName' | 'proof' | 'run'
> = { priority: 'normal', attempts: 0, nextAttemptAt: null, hold: null, ruleName: '', proof: null, run: null }

/** A row that an earlier version wrote lacks what came later. */
export function completed(saved: KeptTransfer): KeptTransfer {
  return { ...queueFields, ...saved }
}
