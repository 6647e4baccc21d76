import { PATIENCE_MS } from '#electron/worklist/cardColumn.ts'
import { type Connection, prepare } from '../database.ts'
import { UNMATCHED_DAYS_MS } from './board.ts'
import type { WorklistReaderApi } from './worklistApi.ts'

/** The length of the board's column Needs attention, by the same rules, cheap enough to be asked all the time. */
export function deskAttention(db: Connection): WorklistReaderApi['deskAttention'] {
  const studies = prepare<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM order_studies os JOIN studies s USING (study_id)
     WHERE os.how IN ('proposed', 'unknown') AND s.listed = 1 AND os.decided_at >= ?`,
  )
  const steps = prepare<{ count: number }>(
    db,
    'SELECT count(*) AS count FROM performed_steps WHERE order_id IS NULL AND is_left = 0 AND created_at >= ?',
  )
  const orders = prepare<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM orders o WHERE start_date = ? AND ended_by_person = 0 AND (state = 'discontinued'
       OR (state = 'completed'
         AND (SELECT changed_at FROM performed_steps t WHERE t.order_id = o.order_id ORDER BY step_ref DESC LIMIT 1) <= ?
         AND EXISTS (SELECT 1 FROM performed_steps t JOIN performed_step_instances p USING (step_ref)
           WHERE t.order_id = o.order_id AND NOT EXISTS
             (SELECT 1 FROM instances i WHERE i.sop_instance_uid = p.sop_instance_uid AND trashed_at IS NULL))))`,
  )
  return async (day, now) => {
    const since = now - UNMATCHED_DAYS_MS
    const counts = [studies.get(since), steps.get(since), orders.get(day, now - PATIENCE_MS)]
    return counts.reduce((sum, row) => sum + (row?.count ?? 0), 0)
  }
}
