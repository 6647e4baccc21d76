import type { AssociationLog } from '#electron/associations/associationLog.ts'
import type { Knocks } from './knocks.ts'

const LOOKED_AT = 300

/** Who knocked before this start, from the log of associations: a card outlives a restart. */
export async function recallKnocks(
  knocks: Pick<Knocks, 'heard'>,
  log: Pick<AssociationLog, 'list' | 'details'>,
): Promise<void> {
  const refused = await log.list({ kind: 'refused', before: null, limit: LOOKED_AT })
  for (const row of refused.toReversed()) {
    if (row.callingAETitle === '') continue
    const details = await log.details(row.associationId)
    const { source, reason } = details?.rejection ?? {}
    if (!details || source !== 1 || (reason !== 3 && reason !== 7)) continue
    knocks.heard({
      ...{ aeTitle: row.callingAETitle, address: row.address, calledAETitle: row.calledAETitle, times: row.times },
      ...{ firstAt: row.startedAt, lastAt: row.endedAt ?? row.startedAt },
      offered: details.contexts.map(({ abstractSyntax }) => abstractSyntax),
    })
  }
}
