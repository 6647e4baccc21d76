import type { ImagePlace } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'

type Row = Omit<ImagePlace, 'drawable'> & { drawable: number }

/** Where images stand in their series. What is in the trash is not seen here. */
export function placesOf(db: Connection) {
  const places = (condition: string) =>
    prepare<Row>(
      db,
      `SELECT i.instance_id AS instanceId, i.series_id AS seriesId, i.study_id AS studyId, s.modality,
         s.description AS seriesDescription, s.series_number AS seriesNumber, i.instance_number AS number, i.position,
         i.received_at AS receivedAt, i.bytes, i.drawable
       FROM instances i JOIN series s USING (series_id) WHERE ${condition} AND i.trashed_at IS NULL
       ORDER BY i.study_id, s.series_number IS NULL, s.series_number, s.series_id, i.instance_number, i.position`,
    )
  const ofStudy = places('i.study_id = ?')
  const ofSeries = places('i.series_id = ?')
  const ofInstance = places('i.instance_id = ?')
  return (selection: { studyIds?: number[]; seriesIds?: number[]; instanceIds?: number[] }): ImagePlace[] => {
    const found = new Map<number, ImagePlace>()
    const add = (rows: Row[]) => {
      for (const row of rows) found.set(row.instanceId, { ...row, drawable: row.drawable === 1 })
    }
    for (const id of selection.studyIds ?? []) add(ofStudy.all(id))
    for (const id of selection.seriesIds ?? []) add(ofSeries.all(id))
    for (const id of selection.instanceIds ?? []) add(ofInstance.all(id))
    return [...found.values()]
  }
}
