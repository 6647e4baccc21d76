import { type Connection, prepare } from './database.ts'

/** What one caller that was let in did on one day. */
export interface CallerDay {
  aeTitle: string
  address: string
  /** 20261121, by the workstation's clock. */
  day: number
  associations: number
  instances: number
  refused: number
  bytes: number
  lastSeenAt: number
  lastImageAt: number | null
  lastStudyId: number | null
}

/** Half a year of a hundred devices; a flood of names leaves no more. */
const ROWS_MAX = 20_000

/** Writes are within the caller's transaction. */
export function callerDayLog(db: Connection) {
  const save = prepare(
    db,
    `INSERT OR REPLACE INTO caller_days
     (ae_title, address, day, associations, instances, refused, bytes, last_seen_at, last_image_at, last_study_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const count = prepare<{ rows: number }>(db, 'SELECT count(*) AS rows FROM caller_days')
  const forget = prepare(
    db,
    `DELETE FROM caller_days WHERE (ae_title, address, day) IN
     (SELECT ae_title, address, day FROM caller_days ORDER BY day, last_seen_at LIMIT ?)`,
  )
  return (days: readonly CallerDay[]): void => {
    for (const day of days) {
      const { aeTitle, address, associations, instances, refused, bytes, lastSeenAt, lastImageAt, lastStudyId } = day
      const counts = [associations, instances, refused, bytes]
      save.run(aeTitle, address, day.day, ...counts, Math.trunc(lastSeenAt), lastImageAt, lastStudyId)
    }
    const excess = (count.get()?.rows ?? 0) - ROWS_MAX
    if (excess > 0) forget.run(excess)
  }
}

/** Oldest day first. */
export function callerDayHistory(db: Connection) {
  const list = prepare<CallerDay>(
    db,
    `SELECT ae_title AS aeTitle, address, day, associations, instances, refused, bytes, last_seen_at AS lastSeenAt,
       last_image_at AS lastImageAt, last_study_id AS lastStudyId
     FROM caller_days ORDER BY day, last_seen_at`,
  )
  return (): CallerDay[] => list.all()
}
