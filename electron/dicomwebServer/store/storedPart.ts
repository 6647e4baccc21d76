import { join } from 'node:path'
import type { AddedInstance, InstanceSource } from '#electron/archive/archiveApi.ts'
import { hasRoom } from '#electron/archive/hasRoom.ts'
import { indexInstance } from '#electron/archive/ingest.ts'
import { type IncomingInstance, type InstanceStore, StorageError } from '#electron/archive/instanceStore.ts'
import { removeQuietly } from '#electron/archive/removeQuietly.ts'
import { isConnected } from '#electron/archive/volumeMarker.ts'
import { Part10Error, type Part10Header, readHeader } from '#electron/dicom/part10/readHeader.ts'
import { isCutOff, whyNotWhole } from '#electron/transfers/cutOff.ts'
import { fileMeta } from '#electron/transfers/fileMeta.ts'
import { isStorage } from '#shared/dicom/sopClass.ts'
import { CANNOT_UNDERSTAND, DATA_SET_DOES_NOT_MATCH_SOP_CLASS, OUT_OF_RESOURCES } from '#shared/dicom/status.ts'
import { TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import { isAcceptableUID } from '#shared/dicom/uid.ts'
import type { StoreTarget } from './storeTarget.ts'

/** What became of one part; `status` is a Failure Reason (0008,1197) where it was not kept. */
export interface PartOutcome {
  sopClassUID: string
  sopInstanceUID: string
  studyInstanceUID: string
  seriesInstanceUID: string
  bytes: number
  status: number
  outcome: AddedInstance['outcome'] | 'refused'
  /** For the log of transfers; '' where there is nothing to say. */
  note: string
  studyId: number | undefined
}

/** PS3.7 C: a second object under the UID of another one; of a class or in a syntax that is not taken (PS3.18 I.2.2). */
const DUPLICATE_SOP_INSTANCE = 0x0111
const SOP_CLASS_NOT_SUPPORTED = 0x0122
const TRANSFER_SYNTAX_NOT_SUPPORTED = 0xc122
const PROCESSING_FAILURE = 0x0110

const FIRST_LOOK_BYTES = 256 * 1024
const HEADER_BYTES_MAX = 64 * 1024 * 1024
const ROOM_LOOKED_AT_EVERY_BYTES = 64 * 1024 * 1024

class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * One part of a STOW-RS request on its way into the archive: its beginning is held until the header is complete, from
 * there on bytes go to disk as they come. Kept is what a C-STORE would keep; what is refused leaves nothing behind.
 */
export class StoredPart {
  private readonly target: StoreTarget
  private readonly store: InstanceStore
  private readonly study: string | undefined
  private held: Buffer[] = []
  private heldBytes = 0
  private nextLookBytes = FIRST_LOOK_BYTES
  private totalBytes = 0
  private roomLookedAt = 0
  private header: Part10Header | undefined
  private incoming: IncomingInstance | undefined
  private refusal: Refusal | undefined
  private uids = { sopClassUID: '', sopInstanceUID: '', studyInstanceUID: '', seriesInstanceUID: '' }

  /** `study`: what the path of the request names; parts of others do not belong there. */
  constructor(target: StoreTarget, store: InstanceStore, study: string | undefined) {
    this.target = target
    this.store = store
    this.study = study
    this.attempt(() => this.lookForRoom())
  }

  write(chunk: Buffer): void {
    this.totalBytes += chunk.length
    if (this.refusal) return
    this.attempt(() => {
      if (this.totalBytes - this.roomLookedAt > ROOM_LOOKED_AT_EVERY_BYTES) this.lookForRoom()
      if (this.incoming) return this.incoming.write(chunk)
      this.held.push(Buffer.from(chunk))
      this.heldBytes += chunk.length
      if (this.heldBytes >= this.nextLookBytes) this.look(false)
    })
  }

  /** Resolves when file, name and row of the index are on disk, or with why they are not. */
  async finish(source: InstanceSource): Promise<PartOutcome> {
    this.attempt(() => {
      if (!this.incoming) this.look(true)
    })
    if (!this.refusal) {
      try {
        return this.outcomeOf(await this.publish(source))
      } catch (error) {
        this.refuse(error)
      }
    }
    this.discard()
    const { status = PROCESSING_FAILURE, message = '' } = this.refusal ?? {}
    return { ...this.uids, bytes: this.totalBytes, status, outcome: 'refused', note: message, studyId: undefined }
  }

  discard(): void {
    this.incoming?.discard()
    this.incoming = undefined
    this.held = []
  }

  private outcomeOf({ outcome, studyId, note = '' }: AddedInstance): PartOutcome {
    const status = outcome === 'conflict' ? DUPLICATE_SOP_INSTANCE : 0
    return { ...this.uids, bytes: this.totalBytes, status, outcome, note, studyId }
  }

  private lookForRoom(): void {
    this.roomLookedAt = this.totalBytes
    const { storageFolder, minFreeBytes } = this.target.configuration()
    if (!isConnected(storageFolder))
      throw new Refusal(OUT_OF_RESOURCES, 'The disk of the storage folder is not connected.')
    if (!hasRoom(storageFolder, minFreeBytes)) throw new Refusal(OUT_OF_RESOURCES, 'The storage folder is full.')
  }

  private look(isWhole: boolean): void {
    const bytes = Buffer.concat(this.held)
    this.held = [bytes]
    // First without its length: also what is cut off may say whose it is.
    if (isWhole) this.uids = uidsOf(readHeader(bytes))
    const header = readHeader(bytes, isWhole ? { fileBytes: this.totalBytes } : {})
    if (!header.complete && !isWhole) {
      if (bytes.length >= HEADER_BYTES_MAX)
        throw new Refusal(CANNOT_UNDERSTAND, 'The header in front of the pixel data is larger than 64 MB.')
      this.nextLookBytes = bytes.length * 2
      return
    }
    this.check(header)
    this.header = header
    this.incoming = this.store.begin(this.metaOf(header))
    this.incoming.write(bytes.subarray(header.dataSetOffset))
    this.held = []
  }

  private check(header: Part10Header): void {
    this.uids = uidsOf(header)
    for (const [name, uid] of Object.entries(this.uids))
      if (!isAcceptableUID(uid)) throw new Refusal(CANNOT_UNDERSTAND, `Its ${name} is missing or is no UID.`)
    if (this.study !== undefined && this.study !== this.uids.studyInstanceUID)
      throw new Refusal(
        DATA_SET_DOES_NOT_MATCH_SOP_CLASS,
        'It is of another study than the address that it was sent to.',
      )
    const { unknownClasses } = this.target.configuration()
    if (unknownClasses === 'refuse' && !isStorage(this.uids.sopClassUID))
      throw new Refusal(SOP_CLASS_NOT_SUPPORTED, 'Its SOP class is none of the standard, and those are not kept here.')
    if (!TRANSFER_SYNTAXES.has(header.transferSyntaxUID))
      throw new Refusal(TRANSFER_SYNTAX_NOT_SUPPORTED, 'Its transfer syntax is none of the standard.')
  }

  /** New, so that no file of ours says what a sender made up; the data set behind it is untouched. */
  private metaOf({ transferSyntaxUID }: Part10Header): Uint8Array {
    const { sopClassUID, sopInstanceUID } = this.uids
    return fileMeta({ sopClassUID, sopInstanceUID, transferSyntaxUID })
  }

  private async publish(source: InstanceSource): Promise<AddedInstance> {
    const { header, incoming } = this
    if (!header || !incoming) throw new Refusal(CANNOT_UNDERSTAND, 'It could not be read.')
    if (isCutOff(header, this.totalBytes))
      throw new Refusal(CANNOT_UNDERSTAND, 'It is cut off: its pixel data claims more bytes than came.')
    const named = await incoming.finishAside()
    this.incoming = undefined
    await named.syncAside()
    const path = join(this.store.folder, named.file)
    try {
      const { file, dataSetHash, bytes } = named
      // Kept as whole, its sender would delete the other copy.
      const why = whyNotWhole(path, header, bytes - this.totalBytes)
      if (why !== '') throw new Refusal(CANNOT_UNDERSTAND, why)
      const { onConflict } = this.target.configuration()
      const instance = indexInstance(header, { file, dataSetHash, bytes }, source)
      return await this.target.addInstance({ ...instance, onConflict })
    } catch (error) {
      // Without a word of the index the row may be there: then the archive looks at its next start.
      if ((error as { code?: unknown }).code !== 'THREAD_GONE') removeQuietly(path)
      throw error
    }
  }

  private attempt(work: () => void): void {
    if (this.refusal) return
    try {
      work()
    } catch (error) {
      this.refuse(error)
    }
  }

  private refuse(error: unknown): void {
    this.discard()
    if (error instanceof Refusal) this.refusal = error
    else if (error instanceof Part10Error) this.refusal = new Refusal(CANNOT_UNDERSTAND, error.message)
    else if (error instanceof StorageError)
      this.refusal = new Refusal(OUT_OF_RESOURCES, 'The storage folder could not be written.')
    else {
      process.stderr.write(`negatoscope: DICOMweb: ${error instanceof Error ? error.name : 'unknown error'}\n`)
      this.refusal = new Refusal(PROCESSING_FAILURE, 'It could not be added to the index. The log has the details.')
    }
  }
}

/** Never more than a UID holds, whatever stands there. */
function uidsOf(header: Part10Header) {
  const uidOf = (keyword: string) => header.text(keyword).slice(0, 64)
  return {
    sopClassUID: uidOf('SOPClassUID'),
    sopInstanceUID: uidOf('SOPInstanceUID'),
    studyInstanceUID: uidOf('StudyInstanceUID'),
    seriesInstanceUID: uidOf('SeriesInstanceUID'),
  }
}
