import { join } from 'node:path'
import type { SeriesRow } from '#shared/contract/studies.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import type { StoredInstance } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'

/** Instance number, then the place along the normal, then time: what a person calls the order of the images. */
export const DISPLAY_ORDER = `i.instance_number IS NULL, i.instance_number, i.position, i.acquisition_number, i.acquired_at,
  i.instance_id`
export const SERIES_ORDER = 's.series_number IS NULL, s.series_number, s.series_id'

type Located = Omit<StoredInstance, 'path'> & { folder: string; file: string }

/** Series and images of a study. What is in the trash is not seen here. */
export function browseStudy(db: Connection) {
  const series = prepare<Omit<SeriesRow, 'thumbnailInstanceId'>>(
    db,
    `SELECT series_id AS seriesId, study_id AS studyId, series_instance_uid AS seriesInstanceUID, modality,
       series_number AS seriesNumber, description, body_part AS bodyPart, instance_count AS instances,
       frame_count AS frames
     FROM series s WHERE study_id = ? AND instance_count > 0 ORDER BY ${SERIES_ORDER}`,
  )
  const drawable = prepare<{ total: number }>(
    db,
    'SELECT count(*) AS total FROM instances WHERE series_id = ? AND trashed_at IS NULL AND drawable = 1',
  )
  const drawableAt = prepare<{ id: number }>(
    db,
    `SELECT i.instance_id AS id FROM instances i WHERE series_id = ? AND trashed_at IS NULL AND drawable = 1
     ORDER BY ${DISPLAY_ORDER} LIMIT 1 OFFSET ?`,
  )
  const images = prepare<{ instanceId: number; image: string }>(
    db,
    `SELECT i.instance_id AS instanceId, image FROM instances i JOIN instance_images USING (instance_id)
     WHERE i.series_id = ? AND i.trashed_at IS NULL ORDER BY ${DISPLAY_ORDER}`,
  )
  const located = (condition: string, order = `ORDER BY ${SERIES_ORDER}, ${DISPLAY_ORDER}`) =>
    prepare<Located>(
      db,
      `SELECT i.instance_id AS instanceId, i.series_id AS seriesId, i.study_id AS studyId,
         st.study_instance_uid AS studyInstanceUID, s.series_instance_uid AS seriesInstanceUID,
         i.sop_class_uid AS sopClassUID, i.sop_instance_uid AS sopInstanceUID,
         i.transfer_syntax_uid AS transferSyntaxUID, f.path AS folder, i.file, i.bytes
       FROM instances i JOIN series s ON s.series_id = i.series_id JOIN studies st ON st.study_id = i.study_id
         JOIN storage_folders f USING (folder_id)
       WHERE ${condition} AND i.trashed_at IS NULL ${order}`,
    )
  const ofStudy = located('i.study_id = ?')
  const ofSeries = located('i.series_id = ?')
  /** One question for all of them: asked one by one, a thousand take ten times as long. */
  const ofInstances = located('i.instance_id IN (SELECT value FROM json_each(?))', '')

  /** The image in the middle of the series says most about it. */
  function thumbnail(seriesId: number): number | null {
    const total = drawable.get(seriesId)?.total ?? 0
    return total === 0 ? null : (drawableAt.get(seriesId, Math.floor(total / 2))?.id ?? null)
  }

  return {
    listSeries: (studyId: number): SeriesRow[] =>
      series.all(studyId).map((row) => ({ ...row, thumbnailInstanceId: thumbnail(row.seriesId) })),
    listImages: (seriesId: number) =>
      images.all(seriesId).map(({ instanceId, image }) => ({ instanceId, image: JSON.parse(image) as InstanceImage })),
    locate(selection: { studyIds?: number[]; seriesIds?: number[]; instanceIds?: number[] }): StoredInstance[] {
      const { studyIds = [], seriesIds = [], instanceIds = [] } = selection
      const found = new Map<number, StoredInstance>()
      const add = (rows: Located[]) => {
        for (const { folder, file, ...row } of rows) found.set(row.instanceId, { ...row, path: join(folder, file) })
      }
      for (const id of studyIds) add(ofStudy.all(id))
      for (const id of seriesIds) add(ofSeries.all(id))
      if (instanceIds.length === 0) return [...found.values()]
      // In the order in which they are asked for.
      const rows = new Map(ofInstances.all(JSON.stringify(instanceIds)).map((row) => [row.instanceId, row]))
      add(instanceIds.flatMap((id) => rows.get(id) ?? []))
      return [...found.values()]
    },
  }
}
