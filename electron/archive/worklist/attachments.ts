import { type Connection, prepare } from '../database.ts'

/** Which request a study belongs to, or that it belongs to none, as a person or a sure match has decided. */
export interface Attachment {
  orderId: number | null
  how: string
  reasons: string
  decidedAt: number
}

/** Of an index that is to be made anew, by the numbers that its studies had; empty where it knew of none. */
export function readAttachments(db: Connection): Map<number, Attachment> {
  const attachments = new Map<number, Attachment>()
  try {
    const rows = db
      .prepare(
        `SELECT study_id AS studyId, order_id AS orderId, how, reasons, decided_at AS decidedAt FROM order_studies
         WHERE how NOT IN ('proposed', 'unknown')`,
      )
      .iterate() as IterableIterator<Attachment & { studyId: number }>
    for (const { studyId, ...attachment } of rows) attachments.set(studyId, attachment)
  } catch {
    // damaged there, or older than the table
  }
  return attachments
}

/** What was decided stays so under the new numbers; only doubts are thought over again. Within the caller's transaction. */
export function bringAttachments(db: Connection, attachments: ReadonlyMap<number, Attachment>): void {
  const hasOrder = prepare(db, 'SELECT 1 FROM orders WHERE order_id = ?')
  const put = prepare(
    db,
    'INSERT OR REPLACE INTO order_studies (study_id, order_id, how, reasons, decided_at) VALUES (?, ?, ?, ?, ?)',
  )
  for (const [studyId, { orderId, how, reasons, decidedAt }] of attachments)
    if (orderId === null || hasOrder.get(orderId)) put.run(studyId, orderId, how, reasons, decidedAt)
}
