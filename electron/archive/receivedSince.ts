import { type Connection, prepare } from './database.ts'

export interface ReceivedInstance {
  sopInstanceUID: string
  studyId: number
  bytes: number
}

/** More do not come in between the last saving of a transfer's list and the end of the process. */
const LATEST = 20_000

/** What a device stored here from this moment on, oldest first; trash included. */
export function receivedSince(db: Connection) {
  const select = prepare<ReceivedInstance>(
    db,
    `SELECT sop_instance_uid AS sopInstanceUID, study_id AS studyId, bytes
     FROM (SELECT * FROM instances ORDER BY instance_id DESC LIMIT ${LATEST}) JOIN sources USING (source_id)
     WHERE kind = 'receive' AND calling_ae_title = ? AND address = ? AND received_at >= ? ORDER BY instance_id`,
  )
  return ({ callingAETitle, address, sinceMs }: { callingAETitle: string; address: string; sinceMs: number }) =>
    select.all(callingAETitle, address, Math.trunc(sinceMs))
}
