import { join } from 'node:path'
import type { AddedInstance, NewInstance } from '#electron/archive/archiveApi.ts'
import { DiskWord } from '#electron/archive/diskWord.ts'
import { indexInstance } from '#electron/archive/ingest.ts'
import type { IncomingInstance, NamedFile } from '#electron/archive/instanceStore.ts'
import { removeQuietly } from '#electron/archive/removeQuietly.ts'
import { isStorage } from '#shared/dicom/sopClass.ts'
import { CANNOT_UNDERSTAND, SUCCESS } from '#shared/dicom/status.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { DimseError } from '../dimse/dimseError.ts'
import type { DataSetSink } from '../dimse/messageReader.ts'
import type { Part10Header } from '../part10/readHeader.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { type AnnouncedInstance, checkHeader } from './checkHeader.ts'
import { encodeFileMeta } from './fileMeta.ts'
import { spaceRefusal } from './freeSpace.ts'
import { ObjectHead } from './objectHead.ts'
import type { ServedAssociation } from './service.ts'
import type { StorageTarget } from './storage.ts'
import { toDimseError } from './toDimseError.ts'

const SPACE_CHECKED_EVERY = 64 * 1024 * 1024

/**
 * One C-STORE: the data set streams into a file of the archive, and success is answered only after the file, its name and
 * its row in the index are on disk (R047).
 */
export class IncomingObject {
  private readonly association: ServedAssociation
  private readonly context: AcceptedContext
  private readonly command: CommandSet
  private readonly target: StorageTarget
  private failure: DimseError | undefined
  private file: IncomingInstance | undefined
  private head: ObjectHead | undefined
  private bytes = 0
  private spaceCheckedAt = 0
  private studyInstanceUID = ''

  constructor(
    association: ServedAssociation,
    context: AcceptedContext,
    command: CommandSet,
    target: StorageTarget,
    refusal: DimseError | undefined,
  ) {
    this.association = association
    this.context = context
    this.command = command
    this.target = target
    this.failure = refusal
  }

  /** Answers at once when there is no data set to wait for. */
  sink(): DataSetSink | undefined {
    if (!this.command.hasDataSet) {
      this.answerFailure(this.failure ?? new DimseError(CANNOT_UNDERSTAND, 'The request has no data set'))
      return undefined
    }
    return { write: (bytes) => this.write(bytes), end: () => void this.finish(), abort: () => this.discard() }
  }

  private write(bytes: Buffer): void {
    this.bytes += bytes.length
    if (this.failure) return // the rest is read and dropped: the answer belongs behind the data set
    try {
      const { file, head } = this.open()
      file.write(bytes)
      head.write(bytes)
      if (this.bytes - this.spaceCheckedAt > SPACE_CHECKED_EVERY) {
        this.spaceCheckedAt = this.bytes
        const refusal = spaceRefusal(this.association)
        if (refusal) throw refusal
      }
    } catch (error) {
      this.fail(error)
    }
  }

  private open(): { file: IncomingInstance; head: ObjectHead } {
    if (this.file && this.head) return { file: this.file, head: this.head }
    const { sopClassUID, sopInstanceUID } = this.announced()
    const meta = encodeFileMeta(sopClassUID, sopInstanceUID, this.context.transferSyntax)
    const file = this.target.storeFor(this.association.configuration.storageFolder).begin(meta)
    const head = new ObjectHead(this.context.transferSyntax)
    this.file = file
    this.head = head
    head.write(meta)
    return { file, head }
  }

  private async finish(): Promise<void> {
    const release = this.association.hold()
    try {
      if (this.failure) throw this.failure
      this.answer(await this.keep())
    } catch (error) {
      this.fail(error)
      this.answerFailure(this.failure ?? toDimseError(error))
    } finally {
      this.head?.release()
      release()
    }
  }

  /**
   * Data, name, directory and row are on disk afterwards, in this order: the row is written while the disk syncs the file,
   * and committed after it. Alone, all of it but the row happens in one go.
   */
  private async keep(): Promise<AddedInstance> {
    const { file, head } = this
    if (!file || !head) throw new DimseError(CANNOT_UNDERSTAND, 'The data set is empty')
    const header = head.finish()
    if (head.isCutOff) throw new DimseError(CANNOT_UNDERSTAND, 'The pixel data claims more bytes than arrived')
    if (header) checkHeader(header, this.announced())
    const aside = this.association.hasCompany
    const named = aside ? await file.finishAside() : file.finish()
    this.file = undefined
    const word = new DiskWord()
    // Not on a slow disk, where the archive would wait; and a header that another thread reads is read from the disk.
    const early = header && named.syncsQuickly ? this.index(named, header, word) : undefined
    early?.catch(() => {})
    try {
      if (aside) await named.syncAside()
      else named.sync()
    } catch (error) {
      word.takeBack()
      throw error
    }
    word.give()
    try {
      return await (early ?? this.index(named, header, word))
    } catch (error) {
      // The index said no, so nobody will miss the file. Without a word the row may be there: then the archive looks.
      if ((error as { code?: unknown }).code !== 'THREAD_GONE') removeQuietly(this.pathOf(named))
      throw error
    }
  }

  private async index(named: NamedFile, header: Part10Header | undefined, word: DiskWord): Promise<AddedInstance> {
    const { file, dataSetHash, bytes } = named
    const stored = { file, dataSetHash, bytes }
    const source = this.source()
    const instance = header
      ? indexInstance(header, stored, source)
      : await this.target.longHeaders.index({ path: this.pathOf(named), announced: this.announced(), stored, source })
    this.studyInstanceUID = instance.attributes.StudyInstanceUID ?? ''
    const { onConflict } = this.association.configuration
    return await this.target.archive.addInstance({ ...instance, onConflict, onDisk: word.shared })
  }

  private pathOf({ file }: NamedFile): string {
    return join(this.association.configuration.storageFolder, file)
  }

  private announced(): AnnouncedInstance {
    const { affectedSOPClassUID = '', affectedSOPInstanceUID = '' } = this.command
    return { sopClassUID: affectedSOPClassUID, sopInstanceUID: affectedSOPInstanceUID }
  }

  private source(): NewInstance['source'] {
    const { callingAETitle, address } = this.association.party
    const kind = this.command.moveOriginatorAETitle ? 'retrieve' : 'receive'
    return { kind, callingAETitle, address, at: Date.now() }
  }

  private answer({ outcome, studyId, note: remark }: AddedInstance): void {
    this.respond(SUCCESS)
    const sopClassUID = this.command.affectedSOPClassUID ?? ''
    const notes = [
      outcome === 'duplicate' ? undefined : remark,
      !isStorage(sopClassUID) && `The SOP class ${sopClassUID} is none of the standard's; the object is kept as it is.`,
    ]
    const note = notes.filter(Boolean).join(' ') || undefined
    this.report(SUCCESS, outcome === 'conflict' ? 'set-aside' : outcome, note, studyId)
  }

  private answerFailure({ status, message }: DimseError): void {
    this.respond(status, message)
    this.report(status, 'refused', `${message}.`, undefined)
  }

  private respond(status: number, errorComment?: string): void {
    const { affectedSOPInstanceUID } = this.command
    this.association.respond(this.context, this.command, {
      status,
      ...(affectedSOPInstanceUID === undefined ? {} : { affectedSOPInstanceUID }),
      ...(errorComment === undefined ? {} : { errorComment }),
    })
  }

  private report(
    status: number,
    outcome: 'stored' | 'duplicate' | 'set-aside' | 'refused',
    note: string | undefined,
    studyId: number | undefined,
  ): void {
    this.association.report({
      kind: 'instanceReceived',
      associationId: this.association.id,
      at: Date.now(),
      sopInstanceUID: this.command.affectedSOPInstanceUID ?? '',
      studyInstanceUID: this.studyInstanceUID,
      moveOriginatorAETitle: this.command.moveOriginatorAETitle ?? '',
      bytes: this.bytes,
      status,
      outcome,
      note,
      studyId,
    })
  }

  private fail(error: unknown): void {
    this.failure ??= toDimseError(error)
    this.discard()
  }

  private discard(): void {
    this.head?.release()
    this.file?.discard()
    this.file = undefined
  }
}
