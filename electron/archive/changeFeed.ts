import { type Connection, prepare } from './database.ts'

/** What came in, as programs follow it: never renumbered while the index lives, in the order of the commits. */
export interface FeedImage {
  instanceId: number
  sopInstanceUID: string
  seriesInstanceUID: string
  studyInstanceUID: string
  receivedAt: number
  /** Nothing of its series, of its study, that is here came before it. */
  opensSeries: boolean
  opensStudy: boolean
}

export interface FeedPage {
  images: FeedImage[]
  /** 0 where nothing ever came. */
  newestInstanceId: number
}

export interface Holdings {
  patients: number
  studies: number
  series: number
  instances: number
  bytes: number
}

type Row = Omit<FeedImage, 'opensSeries' | 'opensStudy'> & { seriesId: number; studyId: number }

/** From this instance on, oldest first, without what lies in the trash. */
export function changeFeed(db: Connection): (from: { instanceId: number; limit: number }) => FeedPage {
  const select = prepare<Row>(
    db,
    `SELECT instance_id AS instanceId, sop_instance_uid AS sopInstanceUID, i.received_at AS receivedAt,
       i.series_id AS seriesId, i.study_id AS studyId,
       series_instance_uid AS seriesInstanceUID, study_instance_uid AS studyInstanceUID
     FROM instances i JOIN series USING (series_id) JOIN studies ON studies.study_id = i.study_id
     WHERE instance_id >= ? AND i.trashed_at IS NULL ORDER BY instance_id LIMIT ?`,
  )
  const newest = prepare<{ id: number | null }>(db, 'SELECT max(instance_id) AS id FROM instances')
  const firstOf = (column: 'series_id' | 'study_id') => {
    const first = prepare<{ id: number }>(
      db,
      `SELECT min(instance_id) AS id FROM instances WHERE ${column} = ? AND trashed_at IS NULL`,
    )
    return () => {
      const known = new Map<number, number>()
      return (id: number): number => {
        const found = known.get(id) ?? first.get(id)?.id ?? 0
        known.set(id, found)
        return found
      }
    }
  }
  const [firstsOfSeries, firstsOfStudy] = [firstOf('series_id'), firstOf('study_id')]
  return ({ instanceId, limit }) => {
    const [firstOfSeries, firstOfStudy] = [firstsOfSeries(), firstsOfStudy()]
    const rows = select.all(Math.trunc(instanceId), Math.trunc(limit))
    return {
      images: rows.map(({ seriesId, studyId, ...row }) => ({
        ...row,
        opensSeries: firstOfSeries(seriesId) === row.instanceId,
        opensStudy: firstOfStudy(studyId) === row.instanceId,
      })),
      newestInstanceId: newest.get()?.id ?? 0,
    }
  }
}

/** How much is here, without what lies in the trash. */
export function holdings(db: Connection): () => Holdings {
  const studies = prepare<Omit<Holdings, 'patients' | 'series'>>(
    db,
    `SELECT count(*) AS studies, coalesce(sum(instance_count), 0) AS instances, coalesce(sum(bytes), 0) AS bytes
     FROM studies INDEXED BY studies_by_instances WHERE listed = 1`,
  )
  const series = prepare<{ total: number }>(
    db,
    'SELECT coalesce(sum(series_count), 0) AS total FROM studies INDEXED BY studies_by_series WHERE listed = 1',
  )
  const patients = prepare<{ total: number }>(
    db,
    'SELECT count(DISTINCT patient_ref) AS total FROM studies WHERE listed = 1',
  )
  return () => ({
    ...(studies.get() ?? { studies: 0, instances: 0, bytes: 0 }),
    series: series.get()?.total ?? 0,
    patients: patients.get()?.total ?? 0,
  })
}
