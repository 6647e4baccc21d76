import { readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import { describeImage } from '#electron/pixels/describeImage.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { type Connection, prepare } from './database.ts'
import type { GroupCommit } from './groupCommit.ts'
import { IMAGE_VERSION, imageColumns } from './imageColumns.ts'
import type { StorageFolders } from './storageFolders.ts'

const BATCH = 16

interface Outdated {
  instanceId: number
  sopInstanceUID: string
  folderId: number
  file: string
  attributes: string
}

/**
 * Describes anew, from their files, images that an earlier version of this program described: a few at a time, so that
 * arrivals never wait. What cannot be read keeps its description and is tried again at the next start.
 */
export async function refreshImages(db: Connection, folders: StorageFolders, commits: GroupCommit): Promise<void> {
  const outdated = prepare<Outdated>(
    db,
    `SELECT instance_id AS instanceId, sop_instance_uid AS sopInstanceUID, folder_id AS folderId, file, attributes
     FROM instance_images JOIN instances USING (instance_id) JOIN instance_attributes USING (instance_id)
     WHERE version < ? AND instance_id > ? ORDER BY instance_id LIMIT ${BATCH}`,
  )
  const setImage = prepare(db, 'UPDATE instance_images SET version = ?, image = ? WHERE instance_id = ?')
  const setDrawable = prepare(db, 'UPDATE instances SET position = ?, frames = ?, drawable = ? WHERE instance_id = ?')
  for (let last = 0; db.open; ) {
    const batch = outdated.all(IMAGE_VERSION, last)
    if (batch.length === 0) return
    last = batch.at(-1)?.instanceId ?? last
    const described = batch.flatMap((row) => {
      const image = describeFile(folders.pathOf(row))
      return image ? [{ row, image: { ...image, sopInstanceUID: row.sopInstanceUID } }] : []
    })
    await commits.write(() => {
      for (const { row, image } of described) {
        const columns = imageColumns(image, JSON.parse(row.attributes) as Record<string, string>)
        setDrawable.run(columns.position, columns.frames, columns.drawable, row.instanceId)
        setImage.run(IMAGE_VERSION, JSON.stringify(image), row.instanceId)
      }
    })
  }
}

function describeFile(path: string): InstanceImage | undefined {
  try {
    return describeImage(readHeaderFromFile(path))
  } catch {
    return undefined
  }
}
