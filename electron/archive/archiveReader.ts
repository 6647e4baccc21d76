import type { ArchiveReaderApi } from './archiveApi.ts'
import { arrivedSince } from './arrivedSince.ts'
import { associationHistory } from './associationLog.ts'
import { browseStudy } from './browseStudy.ts'
import { callerDayHistory } from './callerDays.ts'
import { changeFeed, holdings } from './changeFeed.ts'
import { commitmentReader } from './commitmentReader.ts'
import { type Connection, prepare } from './database.ts'
import { earlierStudies } from './earlierStudies.ts'
import { firstImages, firstPicture } from './firstImages.ts'
import { studyList } from './listStudies.ts'
import { measurementList } from './measurements.ts'
import { placesOf } from './placesOf.ts'
import { quarantineReader } from './quarantineReader.ts'
import { queryRetrieve } from './queryRetrieve/answerQuery.ts'
import { receivedSince } from './receivedSince.ts'
import { routingReader } from './routing.ts'
import { studyStateReader } from './studyStates.ts'
import { transferHistory } from './transferHistory.ts'
import { worklistReader } from './worklist/worklistReader.ts'

/** Answers questions on a connection of its own. */
export function archiveReader(db: Connection): ArchiveReaderApi {
  const studies = studyList(db)
  const study = browseStudy(db)
  const earlier = earlierStudies(db)
  const places = placesOf(db)
  const imagesFrom = firstImages(db)
  const pictureOf = firstPicture(db)
  const transfers = transferHistory(db)
  const associations = associationHistory(db)
  const callerDays = callerDayHistory(db)
  const measurements = measurementList(db)
  const peers = queryRetrieve(db)
  const received = receivedSince(db)
  const arrived = arrivedSince(db)
  const feed = changeFeed(db)
  const countAll = holdings(db)
  const byUID = prepare<{ studyId: number; instances: number }>(
    db,
    `SELECT study_id AS studyId, sum(instance_count) OVER () AS instances FROM studies
     WHERE study_instance_uid = ? AND listed = 1 ORDER BY instance_count DESC, study_id LIMIT 1`,
  )
  const held = prepare<{ id: number }>(
    db,
    'SELECT instance_id AS id FROM instances WHERE sop_instance_uid = ? AND trashed_at IS NULL',
  )
  const totals = prepare<{ studies: number; instances: number; bytes: number }>(
    db,
    `SELECT count(*) AS studies, coalesce(sum(instance_count), 0) AS instances, coalesce(sum(bytes), 0) AS bytes
     FROM studies INDEXED BY studies_by_instances WHERE listed = 1`,
  )
  const trashed = prepare<{ total: number }>(db, 'SELECT count(*) AS total FROM instances WHERE trashed_at IS NOT NULL')
  const currentFolder = prepare<{ path: string }>(db, 'SELECT path FROM storage_folders WHERE is_current = 1')

  return {
    listStudies: async (filter) => studies.list(filter),
    getStudies: async (studyIds) => studies.byIds(studyIds),
    earlierStudies: async (studyId) => studies.byIds(earlier(studyId)),
    findStudyUIDs: async (studyInstanceUIDs) => lookup(studyInstanceUIDs, (uid) => byUID.get(uid)),
    openingOf: async (studyId) => {
      const series = study.listSeries(studyId)
      const [row] = studies.byIds([studyId])
      return { study: row ?? null, series, earlier: studies.byIds(earlier(studyId)), images: imagesFrom(series) }
    },
    firstPictureOf: async (studyId) => {
      const instanceId = pictureOf(studyId)
      return instanceId === undefined ? undefined : study.locate({ instanceIds: [instanceId] })[0]
    },
    listSeries: async (studyId) => study.listSeries(studyId),
    listImages: async (seriesId) => study.listImages(seriesId),
    locate: async (selection) => study.locate(selection),
    placesOf: async (selection) => places(selection),
    holds: async (sopInstanceUIDs) => lookup(sopInstanceUIDs, (uid) => held.get(uid)?.id),
    receivedSince: async (from) => received(from),
    arrivedSince: async (from) => arrived(from),
    listTransfers: async (limit) => transfers.list(limit),
    transferHistory: async (page) => transfers.page(page),
    getTransfer: async (transferId) => transfers.one(transferId),
    sendsOfStudies: async (studyIds) => transfers.sendsOf(studyIds),
    listTransferItems: async (transferId) => transfers.items(transferId),
    listMeasurements: async (studyIds) => measurements.ofStudies(studyIds),
    listAssociations: async (page) => associations.list(page),
    associationDetails: async (associationId) => associations.details(associationId),
    listCallerDays: async () => callerDays(),
    changeFeed: async (from) => feed(from),
    holdings: async () => countAll(),
    totals: async () => ({
      ...(totals.get() ?? { studies: 0, instances: 0, bytes: 0 }),
      trashedInstances: trashed.get()?.total ?? 0,
    }),
    storageFolder: async () => currentFolder.get()?.path ?? '',
    query: (query, signal) => peers.query(query, signal),
    select: (query, signal) => peers.select(query, signal),
    ...commitmentReader(db),
    ...routingReader(db),
    ...studyStateReader(db),
    ...quarantineReader(db),
    ...worklistReader(db),
    close: async () => {
      db.close()
    },
  }
}

function lookup<Found>(keys: string[], find: (key: string) => Found | undefined): Record<string, Found> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const found = find(key)
      return found === undefined ? [] : [[key, found]]
    }),
  )
}
