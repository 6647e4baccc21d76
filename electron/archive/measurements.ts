import type { KeptMeasurement, SavedMeasurement } from '#shared/contract/measurements.ts'
import { type Connection, prepare } from './database.ts'

/** A row as it stands, for an index that is made anew. */
export interface KeptRow {
  measurementId: string
  savedAt: number
  measurement: string
}

/** What was measured, by the image that it lies on. Writes are within the caller's transaction. */
export function measurementLog(db: Connection) {
  const save = prepare(
    db,
    `INSERT INTO measurements (measurement_id, instance_id, saved_at, measurement)
     SELECT ?, instance_id, ?, ? FROM instances WHERE instance_id = ?
     ON CONFLICT (measurement_id) DO UPDATE SET saved_at = excluded.saved_at, measurement = excluded.measurement
       WHERE instance_id = excluded.instance_id`,
  )
  const bring = prepare(
    db,
    'INSERT OR IGNORE INTO measurements (measurement_id, instance_id, saved_at, measurement) VALUES (?, ?, ?, ?)',
  )
  const remove = prepare(db, 'DELETE FROM measurements WHERE measurement_id = ?')
  const of = prepare<KeptRow>(
    db,
    `SELECT measurement_id AS measurementId, saved_at AS savedAt, measurement
     FROM measurements JOIN instances USING (instance_id) WHERE sop_instance_uid = ? ORDER BY measurements.rowid`,
  )
  return {
    save(measurements: readonly SavedMeasurement[], now: number): number {
      let saved = 0
      for (const { measurementId, instanceId, ...rest } of measurements) {
        saved += save.run(measurementId, now, JSON.stringify(rest), instanceId).changes
      }
      return saved
    },
    /** As they lie on the image that has this UID now. */
    of: (sopInstanceUID: string): KeptRow[] => of.all(sopInstanceUID),
    bringBack(instanceId: number, rows: readonly KeptRow[]): void {
      for (const { measurementId, savedAt, measurement } of rows)
        bring.run(measurementId, instanceId, savedAt, measurement)
    },
    remove(measurementIds: readonly string[]): void {
      for (const measurementId of measurementIds) remove.run(measurementId)
    },
  }
}

export function measurementList(db: Connection) {
  const ofStudy = prepare<{
    measurementId: string
    instanceId: number
    seriesId: number
    frames: number
    measurement: string
  }>(
    db,
    `SELECT measurement_id AS measurementId, instance_id AS instanceId, series_id AS seriesId, frames, measurement
     FROM instances JOIN measurements USING (instance_id)
     WHERE study_id = ? AND trashed_at IS NULL ORDER BY measurements.rowid`,
  )
  return {
    ofStudies: (studyIds: readonly number[]): KeptMeasurement[] =>
      studyIds.flatMap((studyId) =>
        ofStudy.all(studyId).map(({ measurement, ...row }) => ({
          ...(JSON.parse(measurement) as Omit<SavedMeasurement, 'measurementId' | 'instanceId'>),
          ...row,
        })),
      ),
  }
}
