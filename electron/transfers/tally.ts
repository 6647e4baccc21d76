import type { TransferItem, TransferKind, TransferRow } from '#shared/contract/transfers.ts'

export type Counts = Pick<TransferRow, 'done' | 'warnings' | 'failed' | 'duplicates'>
type ItemState = TransferItem['state']

/**
 * Moves the counts when an item goes from one state to another. `done` counts what is at its destination: new, there
 * already, or taken with a warning. In an import a warning marks a file that differs from the one that was kept, so it is
 * not there. What was left out counts nowhere: it was never an image.
 */
export function tally(counts: Counts, kind: TransferKind, from: ItemState | undefined, to: ItemState): Counts {
  return add(add(counts, kind, from, -1), kind, to, 1)
}

/** It is at its destination: new, there already, or taken with a warning. */
export function isStored(state: ItemState): boolean {
  return state === 'done' || state === 'duplicate' || state === 'warning'
}

function add(counts: Counts, kind: TransferKind, state: ItemState | undefined, by: 1 | -1): Counts {
  const isThere = state !== undefined && isStored(state) && !(state === 'warning' && kind === 'import')
  return {
    done: counts.done + (isThere ? by : 0),
    warnings: counts.warnings + (state === 'warning' ? by : 0),
    failed: counts.failed + (state === 'failed' ? by : 0),
    duplicates: counts.duplicates + (state === 'duplicate' ? by : 0),
  }
}
