import { type Connection, prepare } from './database.ts'

/** Of one study: how many of the images of each series came from this moment on, and how many there are. */
export interface ArrivedSeries {
  seriesId: number
  fresh: number
  total: number
}

/** What is in the trash was here before: it counts. */
export function arrivedSince(db: Connection) {
  const select = prepare<ArrivedSeries>(
    db,
    `SELECT series_id AS seriesId, sum(received_at >= ?) AS fresh, count(*) AS total FROM instances
     WHERE study_id = ? GROUP BY series_id`,
  )
  return ({ studyId, sinceMs }: { studyId: number; sinceMs: number }) => select.all(Math.trunc(sinceMs), studyId)
}
