import type { KeptTransfer } from '#electron/archive/archiveApi.ts'

/** Where a job stands when it is made. */
export const queueFields: Pick<
  KeptTransfer,
  'priority' | 'attempts' | 'nextAttemptAt' | 'opensAt' | 'isAtAnyHour' | 'hold' | 'ruleName' | 'proof' | 'run'
> = {
  ...{ priority: 'normal', attempts: 0, nextAttemptAt: null, opensAt: null, isAtAnyHour: false },
  ...{ hold: null, ruleName: '', proof: null, run: null },
}

/** A row that an earlier version wrote lacks what came later. */
export function completed(saved: KeptTransfer): KeptTransfer {
  return { ...queueFields, ...saved }
}
