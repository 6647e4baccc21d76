import type { AssociationDetails, AssociationRow } from '#shared/contract/associations.ts'
import type { KeptMeasurement, SavedMeasurement } from '#shared/contract/measurements.ts'
import type { SeriesRow, StudyFilter, StudyRow } from '#shared/contract/studies.ts'
import type { TransferItem, TransferPage, TransferRow } from '#shared/contract/transfers.ts'
import type { StudyOpening } from '#shared/contract/viewer.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import type { ArrivedSeries } from './arrivedSince.ts'
import type { AssociationPage, KeptAssociation, Retention } from './associationLog.ts'
import type { CallerDay } from './callerDays.ts'
import type { FeedPage, Holdings } from './changeFeed.ts'
import type { CommitmentReaderApi, CommitmentWriterApi } from './commitmentApi.ts'
import type { Outlives } from './groupCommit.ts'
import type { ConflictPolicy, QuarantineReaderApi, QuarantineWriterApi } from './quarantineApi.ts'
import type { MatchPage, Query, SelectedInstances } from './queryRetrieve/query.ts'
import type { ReceivedInstance } from './receivedSince.ts'
import type { RoutingReaderApi, RoutingWriterApi } from './routingApi.ts'
import type { StudyStateReaderApi, StudyStateWriterApi } from './studyStateApi.ts'
import type { WorklistReaderApi, WorklistWriterApi } from './worklist/worklistApi.ts'

/** How an instance came to us (R155, R162 and the trail that an administrator follows). */
export interface InstanceSource {
  /** `unknown`: the index was lost and made anew from the files. */
  kind: 'receive' | 'import' | 'retrieve' | 'demo' | 'unknown'
  callingAETitle: string
  address: string
  at: number
}

/** What the file half (instanceStore) hands to the index half. Attributes are decoded text, keyed by PS3.6 keyword. */
export interface NewInstance {
  /** Relative to the storage folder; the name is ours, made of a hash. */
  file: string
  bytes: number
  /** SHA-256 of the data set as it came, without file meta information. */
  dataSetHash: string
  transferSyntaxUID: string
  attributes: Record<string, string>
  image: InstanceImage
  source: InstanceSource
  /** When another object has its SOP Instance UID (R050); the first one is kept where nothing is said. */
  onConflict?: ConflictPolicy
  /** A DiskWord's: the file is still on its way to the disk. Without it the file is there. */
  onDisk?: SharedArrayBuffer
}

export interface AddedInstance {
  /**
   * `duplicate`: the one we have, byte for byte or in another uncompressed transfer syntax. `conflict`: same UID, other
   * content; the first one was kept, unless it was in the trash: then the arrival takes its place and is `stored`.
   */
  outcome: 'stored' | 'duplicate' | 'conflict'
  instanceId: number
  seriesId: number
  studyId: number
  /** For the transfer that brought it: what a person should know though it was stored. */
  note?: string
}

/** One thread alone writes. Every method commits (WAL, synchronous=FULL) before it resolves. */
export interface ArchiveWriterApi
  extends CommitmentWriterApi,
    QuarantineWriterApi,
    WorklistWriterApi,
    StudyStateWriterApi,
    RoutingWriterApi {
  addInstance(instance: NewInstance): Promise<AddedInstance>
  /** Moves studies to the trash; the files stay for `retentionDays`. */
  trashStudies(studyIds: number[]): Promise<{ studies: number; instances: number }>
  restoreStudies(studyIds: number[]): Promise<{ studies: number }>
  /** To the trash, if it has so many images still and none came after this one. */
  trashUnchanged(studyId: number, instances: number, newestInstanceId: number): Promise<{ trashed: boolean }>
  /** For good and past the trash: only for an image that no person has seen or asked for. */
  discardInstance(sopInstanceUID: string): Promise<void>
  /** Deletes for good what has been in the trash longer than `retentionDays`. */
  emptyTrash(retentionDays: number): Promise<{ instances: number; bytes: number }>
  markOpened(studyId: number): Promise<void>
  /** Walks the storage folder and indexes every file anew. */
  rebuildIndex(signal: AbortSignal): AsyncIterable<{ done: number; total: number; failed: number }>
  /** Points the archive at another folder. `move` copies, syncs and verifies each file first, then switches. */
  relocate(
    folder: string,
    how: 'move' | 'start-new',
    signal: AbortSignal,
  ): AsyncIterable<{ done: number; total: number }>
  /**
   * In one transaction. Rows and the given items are inserted or replaced, items by key; the others of a transfer stay.
   * Order of first insertion is kept. How far a transfer that runs has come need not outlive a power cut.
   */
  saveTransfers(transfers: { row: KeptTransfer; items: TransferItem[] }[], outlives?: Outlives): Promise<void>
  /** Forgets what has ended and is beyond the retention, a part at a time; whether more is left. */
  pruneTransfers(retention: TransferRetention): Promise<{ more: boolean }>
  /** Inserts or replaces; how many lie on images that are here. */
  saveMeasurements(measurements: SavedMeasurement[]): Promise<{ saved: number }>
  deleteMeasurements(measurementIds: string[]): Promise<void>
  deleteTransfers(transferIds: string[]): Promise<void>
  /** Inserts or replaces; forgets some of what is beyond `retention`. */
  saveAssociations(rows: KeptAssociation[], retention: Retention | undefined): Promise<void>
  /** What was open when the program ended. */
  interruptAssociations(at: number): Promise<void>
  /** Inserts or replaces; the oldest give way to new ones. */
  saveCallerDays(days: CallerDay[]): Promise<void>
  close(): Promise<void>
}

/** An image among those of its series. */
export interface ImagePlace {
  instanceId: number
  seriesId: number
  studyId: number
  modality: string
  seriesDescription: string
  seriesNumber: number | null
  number: number | null
  /** mm along the normal of the first frame. */
  position: number | null
  receivedAt: number
  bytes: number
  drawable: boolean
}

export interface TransferRetention {
  /** Ended transfers that began before are forgotten. */
  keepSinceMs: number
  /** Of those that ended well and began before, only the counts are kept. */
  keepItemsSinceMs: number
  keepCount: number
}

/** A transfer with what it takes to do it again (`plan`: JSON of the transfers' own making, '' when it cannot be). */
export interface KeptTransfer extends TransferRow {
  plan: string
}

export interface StudyPage {
  total: number
  rows: StudyRow[]
  /** When `filter.days` is set and the list is sorted by study date: studies of each day, in the order of the list. */
  days?: { date: string; count: number }[] | undefined
}

/** An instance as senders and the data plane need it. */
export interface StoredInstance {
  instanceId: number
  seriesId: number
  studyId: number
  studyInstanceUID: string
  seriesInstanceUID: string
  sopClassUID: string
  sopInstanceUID: string
  transferSyntaxUID: string
  /** Absolute path. */
  path: string
  bytes: number
}

/** Read only; its own connection, so that a long query never delays a store. */
export interface ArchiveReaderApi
  extends CommitmentReaderApi,
    QuarantineReaderApi,
    WorklistReaderApi,
    StudyStateReaderApi,
    RoutingReaderApi {
  listStudies(filter: StudyFilter): Promise<StudyPage>
  getStudies(studyIds: number[]): Promise<StudyRow[]>
  /** Of the same patient, made before this one, the newest first. */
  earlierStudies(studyId: number): Promise<StudyRow[]>
  /**
   * Studies by UID: to say of a remote match that it is here already. `instances` counts all patients under the UID,
   * `studyId` is the largest of their studies.
   */
  findStudyUIDs(studyInstanceUIDs: string[]): Promise<Record<string, { studyId: number; instances: number }>>
  openingOf(studyId: number): Promise<StudyOpening>
  /** The instance that a study is most likely opened with. */
  firstPictureOf(studyId: number): Promise<StoredInstance | undefined>
  listSeries(studyId: number): Promise<SeriesRow[]>
  /** In display order: instance number, then position. */
  listImages(seriesId: number): Promise<{ instanceId: number; image: InstanceImage }[]>
  locate(selection: { studyIds?: number[]; seriesIds?: number[]; instanceIds?: number[] }): Promise<StoredInstance[]>
  /** Where the images of a selection stand in their series, in display order. */
  placesOf(selection: { studyIds?: number[]; seriesIds?: number[]; instanceIds?: number[] }): Promise<ImagePlace[]>
  /** `[instanceId, seriesId, studyId]` for those of the given SOP Instance UIDs that are here. */
  holds(sopInstanceUIDs: string[]): Promise<Record<string, number>>
  /** What a device stored here from this moment on. */
  receivedSince(from: { callingAETitle: string; address: string; sinceMs: number }): Promise<ReceivedInstance[]>
  /** What of a study is new since then. */
  arrivedSince(from: { studyId: number; sinceMs: number }): Promise<ArrivedSeries[]>
  /** Newest first: those that have not ended or whose proof is outstanding, and so many of the others. */
  listTransfers(limit: number): Promise<KeptTransfer[]>
  /** Newest first, from the one named on. */
  transferHistory(page: TransferPage): Promise<KeptTransfer[]>
  getTransfer(transferId: string): Promise<KeptTransfer | undefined>
  /** Sends that these studies were part of, newest first. */
  sendsOfStudies(studyIds: number[]): Promise<KeptTransfer[]>
  listTransferItems(transferId: string): Promise<TransferItem[]>
  /** Newest first. */
  listAssociations(page: AssociationPage): Promise<AssociationRow[]>
  associationDetails(associationId: string): Promise<AssociationDetails | undefined>
  /** Who was let in on which day, oldest first. */
  listCallerDays(): Promise<CallerDay[]>
  /** Of all images of the studies that are not in the trash, oldest first. */
  listMeasurements(studyIds: number[]): Promise<KeptMeasurement[]>
  /** What came in from this instance on, oldest first, for programs that follow. */
  changeFeed(from: { instanceId: number; limit: number }): Promise<FeedPage>
  holdings(): Promise<Holdings>
  totals(): Promise<{ studies: number; instances: number; bytes: number; trashedInstances: number }>
  storageFolder(): Promise<string>
  /** Matches of a peer's query, in an order that stays the same; a reader who waits makes the search wait. */
  query(query: Query, signal: AbortSignal): AsyncIterable<MatchPage>
  /** Instances below what the unique keys of the query name, for a retrieve. */
  select(query: Query, signal: AbortSignal): Promise<SelectedInstances>
  close(): Promise<void>
}
