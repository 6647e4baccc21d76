import { type Connection, prepare } from './database.ts'

/**
 * Counts and modalities as they stand on series and studies. An arrival adds to them; everything else (trash, restore,
 * rebuild) works them out anew.
 */
export function counts(db: Connection) {
  const addToSeries = prepare<{ instance_count: number }>(
    db,
    'UPDATE series SET instance_count = instance_count + 1, frame_count = frame_count + ? WHERE series_id = ? RETURNING instance_count',
  )
  // Each statement names only what it changes, since SQLite rewrites the index of every column that an UPDATE names.
  const addToStudy = prepare<{ instance_count: number }>(
    db,
    `UPDATE studies SET instance_count = instance_count + 1, bytes = bytes + ? WHERE study_id = ?
     RETURNING instance_count`,
  )
  // By the second: an index stands on it, and a study arrives hundreds of images in that time.
  const touchStudy = prepare(db, 'UPDATE studies SET received_at = ? WHERE study_id = ? AND received_at <= ? - 1000')
  const list = prepare(db, 'UPDATE studies SET listed = 1 WHERE study_id = ? AND listed = 0')
  const recountSeries = prepare(
    db,
    `UPDATE series SET (instance_count, frame_count) =
       (SELECT count(*), coalesce(sum(frames), 0) FROM instances
        WHERE instances.series_id = series.series_id AND trashed_at IS NULL)
     WHERE study_id = ?`,
  )
  const recountStudy = prepare(
    db,
    `UPDATE studies SET
       (instance_count, bytes, trashed_instances, trashed_at) =
         (SELECT count(*) FILTER (WHERE i.trashed_at IS NULL),
            coalesce(sum(i.bytes) FILTER (WHERE i.trashed_at IS NULL), 0),
            count(i.trashed_at), max(i.trashed_at)
          FROM instances i WHERE i.study_id = studies.study_id),
       received_at = coalesce((SELECT max(i.received_at) FROM instances i WHERE i.study_id = studies.study_id), received_at),
       listed = EXISTS (SELECT 1 FROM instances i WHERE i.study_id = studies.study_id AND i.trashed_at IS NULL)
     WHERE study_id = ?`,
  )
  const modalities = prepare<{ modality: string; instance_count: number }>(
    db,
    'SELECT modality, instance_count FROM series WHERE study_id = ?',
  )
  const setModalities = prepare(db, 'UPDATE studies SET series_count = ?, modalities = ? WHERE study_id = ?')

  /** Stored as `\CT\SR\`, so that a search for `\CT\` finds exactly CT. In the trash a study keeps what it had. */
  function summariseSeries(studyId: number): void {
    const all = modalities.all(studyId)
    const live = all.filter((series) => series.instance_count > 0)
    const shown = live.length > 0 ? live : all
    const names = [...new Set(shown.map((series) => series.modality))].filter((name) => name !== '').sort()
    setModalities.run(shown.length, names.length > 0 ? `\\${names.join('\\')}\\` : '', studyId)
  }

  return {
    add(instance: { studyId: number; seriesId: number; frames: number; bytes: number; receivedAt: number }): void {
      const first = addToSeries.get(instance.frames, instance.seriesId)?.instance_count === 1
      if (addToStudy.get(instance.bytes, instance.studyId)?.instance_count === 1) list.run(instance.studyId)
      touchStudy.run(instance.receivedAt, instance.studyId, instance.receivedAt)
      if (first) summariseSeries(instance.studyId)
    },
    recount(studyId: number): void {
      recountSeries.run(studyId)
      recountStudy.run(studyId)
      summariseSeries(studyId)
    },
  }
}
