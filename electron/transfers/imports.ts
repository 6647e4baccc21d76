import { ApiError } from '#shared/contract/errors.ts'
import type { TransferItem } from '#shared/contract/transfers.ts'
import type { ImportedFile } from './importFile.ts'
import { importSentence } from './importSentence.ts'
import type { ImportThread } from './importThread.ts'
import type { Transfer } from './transfer.ts'
import type { TransferLog } from './transferLog.ts'

export interface ImportAnswer {
  outcome: ImportedFile['outcome']
  note: string
}

export interface NewImport {
  /** The folder's name; the patients' names follow once they are known. */
  title: string
  files: number
  kind?: 'import' | 'demo'
}

export interface ImportsOptions {
  log: TransferLog
  thread: ImportThread
  titleOf(studyIds: number[]): Promise<string>
  /** A window that was closed sends no more: after this long without a file the import ends. */
  idleMs?: number
}

interface OpenImport {
  transfer: Transfer
  kind: 'import' | 'demo'
  inFlight: number
  touchedAt: number
}

const IDLE_MS = 120_000

/** Files of this computer that the page sends one by one; each is answered with its own outcome. */
export class Imports {
  private readonly options: ImportsOptions
  private readonly open = new Map<string, OpenImport>()
  private readonly timer: NodeJS.Timeout

  constructor(options: ImportsOptions) {
    this.options = options
    const idleMs = options.idleMs ?? IDLE_MS
    this.timer = setInterval(() => this.endIdle(idleMs), Math.min(idleMs, 5000))
    this.timer.unref()
  }

  begin({ title, files, kind = 'import' }: NewImport): string {
    const transfer = this.options.log.begin({ kind: 'import', title: '', peer: title, total: files || null })
    this.open.set(transfer.id, { transfer, kind, inFlight: 0, touchedAt: Date.now() })
    transfer.signal.addEventListener('abort', () => this.end(transfer.id, 'Stopped by you. What was read is kept.'), {
      once: true,
    })
    return transfer.id
  }

  /** `body` is read to its end or cancelled. */
  async file(transferId: string, name: string, body: ReadableStream<Uint8Array> | null): Promise<ImportAnswer> {
    const job = this.open.get(transferId)
    if (!job) {
      await body?.cancel()
      throw new ApiError('not-found', 'This import has ended. Start it again.')
    }
    job.inFlight += 1
    const key = keyFor(job.transfer, name)
    try {
      const imported = await this.store(job, name, body)
      job.transfer.item(itemOf(key, imported), imported.bytes)
      // A file that is no image is not one of those to wait for.
      const { total } = job.transfer.row()
      if (imported.outcome === 'left-out' && total !== null) job.transfer.set({ total: Math.max(0, total - 1) })
      if (imported.studyId !== undefined && job.transfer.addStudy(imported.studyId)) void this.name(job)
      return { outcome: imported.outcome, note: imported.note }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      if (job.transfer.signal.aborted) return { outcome: 'left-out', note: 'Stopped by you.' }
      const note = 'The file did not arrive whole. Import it again.'
      job.transfer.item({ key, state: 'failed', status: null, note })
      return { outcome: 'rejected', note }
    } finally {
      job.inFlight -= 1
      job.touchedAt = Date.now()
    }
  }

  private async store(job: OpenImport, name: string, body: ReadableStream<Uint8Array> | null): Promise<ImportedFile> {
    const api = await this.options.thread.api()
    const fileId = await api.begin(name, job.kind)
    const reader = body?.getReader()
    try {
      while (reader) {
        const { done, value } = await reader.read()
        if (done) break
        if (job.transfer.signal.aborted) throw new Error('Cancelled')
        if (!(await api.write(fileId, value))) {
          await reader.cancel()
          break
        }
      }
      return await api.finish(fileId)
    } catch (error) {
      await api.abort(fileId).catch(() => {})
      throw error
    }
  }

  /** The page has sent everything it has. */
  finish(transferId: string): void {
    const job = this.open.get(transferId)
    if (!job) throw new ApiError('not-found', 'This import has ended already.')
    this.end(transferId, '')
  }

  private end(transferId: string, why: string): void {
    const job = this.open.get(transferId)
    if (!job) return
    this.open.delete(transferId)
    const { transfer } = job
    const { done, failed, warnings, total } = transfer.row()
    // Of an import that was stopped, the rest was there and was not read.
    if (!transfer.signal.aborted && total !== done + failed + warnings)
      transfer.set({ total: done + failed + warnings })
    const items = [...transfer.items.values()]
    const leftOut = items.filter(({ state }) => state === 'left-out').length
    const keptApart = items.filter(({ state, note }) => state === 'done' && note !== '').length
    const message = [why, importSentence({ failed, warnings, keptApart, leftOut })].filter(Boolean).join(' ')
    if (transfer.signal.aborted) transfer.end('cancelled', message)
    else if (why !== '' || failed > 0) transfer.end(done > 0 ? 'partial' : 'failed', message)
    else if (done + warnings === 0) transfer.end('failed', `No image was found. ${message}`.trim())
    else transfer.end('done', message)
  }

  private endIdle(idleMs: number): void {
    for (const [transferId, { inFlight, touchedAt }] of this.open)
      if (inFlight === 0 && Date.now() - touchedAt > idleMs)
        this.end(transferId, 'The window that sent the files has gone. Import them again for the rest.')
  }

  private async name({ transfer }: OpenImport): Promise<void> {
    try {
      transfer.set({ title: await this.options.titleOf(transfer.row().studyIds) })
    } catch {
      // The reader is gone only when the program ends; the transfer then keeps the title that it has.
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    await this.options.thread.close()
  }
}

/** Two files of one name from different folders are two items. */
function keyFor(transfer: Transfer, name: string): string {
  if (!transfer.items.has(name)) return name
  for (let number = 2; ; number += 1) {
    const key = `${name} (${number})`
    if (!transfer.items.has(key)) return key
  }
}

function itemOf(key: string, { outcome, note }: ImportedFile): TransferItem {
  const state = {
    stored: 'done',
    duplicate: 'duplicate',
    conflict: 'warning',
    rejected: 'failed',
    'left-out': 'left-out',
  } as const
  return { key, state: state[outcome], status: null, note }
}
