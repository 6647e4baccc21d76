import { join } from 'node:path'
import type { AddedInstance, ArchiveWriterApi, InstanceSource } from '#electron/archive/archiveApi.ts'
import { indexInstance } from '#electron/archive/ingest.ts'
import {
  type IncomingInstance,
  type InstanceStore,
  type NamedFile,
  StorageError,
} from '#electron/archive/instanceStore.ts'
import type { ConflictPolicy } from '#electron/archive/quarantineApi.ts'
import { removeQuietly } from '#electron/archive/removeQuietly.ts'
import { Part10Error, type Part10Header, readHeader } from '#electron/dicom/part10/readHeader.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { isAcceptableUID } from '#shared/dicom/uid.ts'
import { isCutOff, whyNotWhole } from './cutOff.ts'
import { fileMeta } from './fileMeta.ts'
import type { SyncRounds } from './syncRounds.ts'

export interface ImportedFile {
  /** `left-out`: not an image and not meant to be one. */
  outcome: AddedInstance['outcome'] | 'rejected' | 'left-out'
  note: string
  sopInstanceUID: string
  studyId: number | undefined
  bytes: number
  /** It was not kept for want of room. */
  isFull?: boolean
}

export interface ImportRules {
  /** Only images of this study are taken. */
  studyInstanceUID?: string
  onConflict?: ConflictPolicy
  /** The whole lies elsewhere and can be asked for again: a part of it is not taken for it. */
  isCopy?: boolean
  /** Others come at the same time: their syncs go to the disk together, and nobody waits for this one alone. */
  rounds?: SyncRounds
}

const DIFFERS = 'Differs from the image that is here under this UID; that one was kept.'
/** Most headers end before. What is held until then is copied once more than the rest. */
const FIRST_LOOK_BYTES = 32 * 1024
const MAXIMUM_HEADER_BYTES = 64 * 1024 * 1024

/**
 * One file on its way into the archive, chunk by chunk. Its beginning is held until the header is complete; from there
 * on bytes go straight to the store. A file that is not acceptable leaves nothing behind.
 */
export class ImportFile {
  private readonly store: InstanceStore
  private readonly writer: Pick<Remote<ArchiveWriterApi>, 'addInstance'>
  private readonly name: string
  private held: Buffer[] = []
  private heldBytes = 0
  private nextLookBytes = FIRST_LOOK_BYTES
  private totalBytes = 0
  private header: Part10Header | undefined
  private incoming: IncomingInstance | undefined
  private verdict: ImportedFile | undefined
  private readonly rules: ImportRules

  constructor(
    store: InstanceStore,
    writer: Pick<Remote<ArchiveWriterApi>, 'addInstance'>,
    name: string,
    rules: ImportRules = {},
  ) {
    this.store = store
    this.writer = writer
    this.name = name
    this.rules = rules
  }

  /** Whoever brings it knows better: nothing of it is kept. */
  reject(note: string): void {
    this.discard()
    this.verdict ??= this.result('rejected', note)
  }

  refuseFull(): void {
    this.discard()
    this.verdict ??= { ...this.result('rejected', FULL), isFull: true }
  }

  /** False as soon as the rest of the file is of no use. */
  write(chunk: Uint8Array): boolean {
    if (this.verdict) return false
    this.totalBytes += chunk.length
    try {
      if (this.incoming) this.incoming.write(chunk)
      else this.gather(chunk)
    } catch (error) {
      this.refuse(error)
    }
    return this.verdict === undefined
  }

  async finish(source: InstanceSource): Promise<ImportedFile> {
    try {
      if (!this.verdict && !this.incoming) this.look(true)
      if (this.verdict) return this.verdict
      return await this.publish(source)
    } catch (error) {
      this.refuse(error)
      return this.verdict ?? this.result('rejected', 'This file could not be read.')
    } finally {
      this.discard()
    }
  }

  discard(): void {
    this.incoming?.discard()
    this.incoming = undefined
    this.held = []
  }

  private gather(chunk: Uint8Array): void {
    for (let taken = 0; taken < chunk.length && !this.verdict; ) {
      if (this.incoming) {
        this.incoming.write(chunk.subarray(taken))
        return
      }
      const part = Buffer.from(chunk.subarray(taken, taken + this.nextLookBytes - this.heldBytes))
      this.held.push(part)
      this.heldBytes += part.length
      taken += part.length
      if (this.heldBytes >= this.nextLookBytes) this.look(false)
    }
  }

  private look(isWhole: boolean): void {
    const [first = Buffer.alloc(0), ...more] = this.held
    const bytes = more.length === 0 ? first : Buffer.concat(this.held)
    this.held = [bytes]
    const header = readHeader(bytes, isWhole ? { fileBytes: this.totalBytes } : {})
    if (!header.complete && !isWhole) {
      if (bytes.length >= MAXIMUM_HEADER_BYTES)
        throw new Part10Error('hostile', 'The header in front of the pixel data is larger than 64 MB.')
      this.nextLookBytes = bytes.length * 2
      return
    }
    this.header = header
    const obstacle = obstacleOf(header, this.rules)
    if (obstacle) {
      this.verdict = this.result('rejected', obstacle)
      return
    }
    this.incoming = this.store.begin(metaOf(bytes, header), this.rules.rounds !== undefined)
    this.incoming.write(bytes.subarray(header.dataSetOffset))
    this.held = []
  }

  private async publish(source: InstanceSource): Promise<ImportedFile> {
    const { header, incoming } = this
    if (!header || !incoming) return this.result('rejected', 'This file could not be read.')
    if (isCutOff(header, this.totalBytes)) throw new Part10Error('truncated', CUT_OFF)
    const named = await this.onDisk(incoming)
    const instance = indexInstance(header, named, source)
    const { onConflict } = this.rules
    const { bytes } = named
    const path = join(this.store.folder, named.file)
    let added: AddedInstance
    try {
      const why = this.rules.isCopy ? whyNotWhole(path, header, bytes - this.totalBytes) : ''
      if (why !== '') throw new Part10Error('truncated', why)
      added = await this.writer.addInstance(onConflict ? { ...instance, onConflict } : instance)
    } catch (error) {
      // Without a word of the index the row may be there: then the archive looks at its next start.
      if ((error as { code?: unknown }).code !== 'THREAD_GONE') removeQuietly(path)
      throw error
    }
    const { outcome, studyId } = added
    const note = added.note ?? (outcome === 'conflict' ? DIFFERS : '')
    const sopInstanceUID = instance.attributes.SOPInstanceUID ?? ''
    return { outcome, note, sopInstanceUID, studyId, bytes }
  }

  private async onDisk(incoming: IncomingInstance): Promise<NamedFile> {
    const { rounds } = this.rules
    const named = rounds ? await incoming.finishAside() : incoming.finish()
    this.incoming = undefined
    if (rounds) await rounds.sync(named)
    else named.sync()
    return named
  }

  private refuse(error: unknown): void {
    this.incoming?.discard()
    this.incoming = undefined
    this.held = []
    if (error instanceof Part10Error) {
      const leftOut = error.code === 'not-dicom' && !pretendsToBeDicom(this.name)
      this.verdict = this.result(leftOut ? 'left-out' : 'rejected', error.message)
    } else if (error instanceof StorageError) {
      const isFull = error.code === 'no-space'
      const note = isFull ? FULL : 'The storage folder could not be written. Check the disk, then import again.'
      this.verdict = { ...this.result('rejected', note), isFull }
    } else {
      console.error(`import: ${error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error'}`)
      this.verdict = this.result('rejected', 'This file could not be added to the index. The log has the details.')
    }
  }

  private result(outcome: ImportedFile['outcome'], note: string): ImportedFile {
    const claimed = this.header?.text('SOPInstanceUID') ?? ''
    const sopInstanceUID = isAcceptableUID(claimed) ? claimed : ''
    return { outcome, note, sopInstanceUID, studyId: undefined, bytes: 0 }
  }
}

const CUT_OFF = 'The file is cut off: its pixel data claims more bytes than the file holds.'
const FULL = 'The storage folder has no room left. Make space, then import again.'

function obstacleOf(header: Part10Header, { studyInstanceUID: wanted }: ImportRules): string | undefined {
  for (const keyword of ['SOPInstanceUID', 'SeriesInstanceUID', 'StudyInstanceUID']) {
    const uid = header.text(keyword)
    // What is no identifier is an attack or an accident. A missing one is another matter: the index makes one.
    if (uid !== '' && !isAcceptableUID(uid))
      return `Its ${keyword} is not a UID, so the file cannot be trusted. Nothing was stored.`
  }
  if (wanted !== undefined && header.text('StudyInstanceUID') !== wanted)
    return 'It is of another study than the one that was asked for. Nothing was stored.'
  return undefined
}

/** Part 10 bytes as they came where they are whole, else new ones in front of the untouched data set. */
function metaOf(bytes: Buffer, header: Part10Header): Uint8Array {
  const hasPreamble = bytes.subarray(128, 132).toString('latin1') === 'DICM'
  const meta = bytes.subarray(0, header.dataSetOffset)
  if (hasPreamble && meta.includes(Buffer.from(header.transferSyntaxUID, 'latin1'))) return meta
  return fileMeta({
    sopClassUID: header.text('SOPClassUID'),
    sopInstanceUID: header.text('SOPInstanceUID'),
    transferSyntaxUID: header.transferSyntaxUID,
  })
}

/** Files of DICOM have `.dcm`, a name of their own kind, or, from a disc, no ending at all. */
function pretendsToBeDicom(name: string): boolean {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase()
  return (
    ending === undefined ||
    /^\d+$/.test(ending) ||
    ['dcm', 'dicom', 'dic', 'ima', 'dc3', 'img', 'mr', 'ct'].includes(ending)
  )
}
