import type { SeriesRow } from '#shared/contract/studies.ts'
import type { StudyOpening } from '#shared/contract/viewer.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { DISPLAY_ORDER, SERIES_ORDER } from './browseStudy.ts'
import { type Connection, prepare } from './database.ts'

/** Up to so many a study is told of whole: X-rays, whose views say how they hang. */
const FEW = 64
/** Of what is told of all images together; a frame by frame description may be megabytes long. */
const MOST_CHARACTERS = 256 * 1024

/** Scouts and single captures are looked at after real stacks. */
const STACK_FRAMES = 4

/** How each series begins that has a picture, and the whole of it where the study has few images. */
export function firstImages(db: Connection): (series: readonly SeriesRow[]) => StudyOpening['images'] {
  const first = prepare<{ instanceId: number; image: string }>(
    db,
    `SELECT i.instance_id AS instanceId, image FROM instances i JOIN instance_images USING (instance_id)
     WHERE i.series_id = ? AND i.trashed_at IS NULL ORDER BY ${DISPLAY_ORDER} LIMIT ?`,
  )
  return (series) => {
    const isSmall = series.reduce((sum, { instances }) => sum + instances, 0) <= FEW
    let room = MOST_CHARACTERS
    return series.flatMap(({ seriesId, instances, thumbnailInstanceId }) => {
      if (thumbnailInstanceId === null || room <= 0) return []
      const rows = first.all(seriesId, isSmall ? FEW : 1)
      const characters = rows.reduce((sum, { image }) => sum + image.length, 0)
      if (rows.length === 0 || characters > room) return []
      room -= characters
      const images = rows.map(({ instanceId, image }) => ({ instanceId, image: JSON.parse(image) as InstanceImage }))
      return { seriesId, whole: rows.length === instances, images }
    })
  }
}

/** The instance that a study is most likely opened with; undefined where none of it has a picture. */
export function firstPicture(db: Connection): (studyId: number) => number | undefined {
  const drawable = prepare<{ seriesId: number; frames: number }>(
    db,
    `SELECT series_id AS seriesId, frame_count AS frames FROM series s
     WHERE study_id = ? AND instance_count > 0 AND EXISTS
       (SELECT 1 FROM instances i WHERE i.series_id = s.series_id AND i.trashed_at IS NULL AND i.drawable = 1)
     ORDER BY ${SERIES_ORDER}`,
  )
  const first = prepare<{ instanceId: number }>(
    db,
    `SELECT i.instance_id AS instanceId FROM instances i WHERE i.series_id = ? AND i.trashed_at IS NULL
     ORDER BY ${DISPLAY_ORDER} LIMIT 1`,
  )
  return (studyId) => {
    const series = drawable.all(studyId)
    const chosen = series.find(({ frames }) => frames >= STACK_FRAMES) ?? series[0]
    return chosen && first.get(chosen.seriesId)?.instanceId
  }
}
