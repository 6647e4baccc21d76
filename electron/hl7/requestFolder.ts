import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Archive } from '#electron/archive/openArchive.ts'
import { RequestFileError, readRequests } from './requestFile.ts'

const LOOK_EVERY_MS = 2000
const FILE_MAX_BYTES = 5 * 1024 * 1024

/**
 * Takes requests from the files of a folder. A file that still grows is left alone; one that was taken goes to `done`, one
 * of which nothing could be taken to `refused`. Every request is on disk before its file is moved.
 */
export class RequestFolder {
  private readonly desk: Pick<Archive, 'reader' | 'writer'>
  private readonly folder: string
  private readonly timer: NodeJS.Timeout
  private readonly seen = new Map<string, string>()
  /** What could not be moved away: it is not taken again. */
  private readonly taken = new Map<string, { stamp: string; isTaken: boolean }>()
  private running: Promise<void> | undefined
  /** Why nothing can be taken; '' while all is well. */
  problem = ''

  constructor(desk: Pick<Archive, 'reader' | 'writer'>, folder: string) {
    this.desk = desk
    this.folder = folder
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref()
    this.look()
  }

  look(): void {
    this.running ??= this.takeAll()
      .catch((error: unknown) => {
        this.problem = `The folder cannot be used now (${(error as { code?: string }).code ?? 'unknown error'}).`
      })
      .finally(() => {
        this.running = undefined
      })
  }

  /** Once the look that is under way has come to its end. */
  async looked(): Promise<void> {
    await this.running
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    await this.running
  }

  private async takeAll(): Promise<void> {
    if (!existsSync(this.folder)) {
      this.problem = 'The folder is not there. Make it, or choose another one.'
      return
    }
    this.problem = ''
    for (const name of readdirSync(this.folder).filter((each) => /\.(json|csv)$/i.test(each))) {
      const path = join(this.folder, name)
      const { size, mtimeMs, isFile } = look(path)
      const stamp = `${size} ${Math.trunc(mtimeMs)}`
      const isStill = this.seen.get(name) === stamp
      this.seen.set(name, stamp)
      if (!isFile || !isStill) continue
      const known = this.taken.get(name)
      const isTaken = known?.stamp === stamp ? known.isTaken : await this.takeFile(name, path, size, stamp)
      try {
        this.moveTo(isTaken ? 'done' : 'refused', name, path)
        this.taken.delete(name)
        this.seen.delete(name)
      } catch (error) {
        this.taken.set(name, { stamp, isTaken })
        this.problem = `Files cannot be moved out of the folder once they are taken (${(error as { code?: string }).code ?? 'unknown error'}).`
      }
    }
  }

  private takeFile(name: string, path: string, size: number, stamp: string): Promise<boolean> {
    return size <= FILE_MAX_BYTES ? this.take(name, path, stamp) : this.refuse(name, 'The file is longer than 5 MB.')
  }

  /** True when at least one request of it was taken. */
  private async take(name: string, path: string, stamp: string): Promise<boolean> {
    const text = textOf(readFileSync(path))
    try {
      const requests = readRequests(name, text, await this.desk.reader.listProcedures(), new Date())
      let taken = 0
      for (const [at, request] of requests.entries())
        if (await this.takeOne(`${name.slice(0, 80)}, ${at + 1}`, `${name} ${stamp} ${at + 1}`, request)) taken += 1
      return taken > 0
    } catch (error) {
      if (!(error instanceof RequestFileError)) throw error
      return this.refuse(name, error.message)
    }
  }

  private async takeOne(
    source: string,
    fallbackId: string,
    { id, cancel, content, problem }: ReturnType<typeof readRequests>[number],
  ): Promise<boolean> {
    const { writer } = this.desk
    const note = (outcome: 'created' | 'updated' | 'cancelled' | 'refused', sentence: string, orderId: number | null) =>
      writer.addInput({ kind: 'file', source, outcome, sentence, orderId, content: '' })
    const sourceKey = `file:${id}`
    if (cancel && problem === '') {
      const order = await writer.cancelOrder(sourceKey)
      const isCancelled = order?.state === 'cancelled'
      if (isCancelled) await note('cancelled', `Request ${order.accessionNumber} is cancelled.`, order.orderId)
      else if (order) await note('refused', `Request ${order.accessionNumber} has begun already.`, order.orderId)
      else await note('refused', 'No request has this id.', null)
      return isCancelled
    }
    if (!content) {
      await note('refused', problem, null)
      return false
    }
    const order = await writer.createOrder({
      content,
      source: { kind: 'file', name: 'folder', serverId: null },
      // Without an id of its own it is known by its file: taken once more after a kill it is no second request.
      sourceKey: id === '' ? `file:${fallbackId}` : sourceKey,
    })
    const isNew = order.createdAt === order.changedAt
    const done = isNew ? 'made' : 'brought up to date'
    await note(isNew ? 'created' : 'updated', `Request ${order.accessionNumber} is ${done}.`, order.orderId)
    return true
  }

  private async refuse(name: string, sentence: string): Promise<false> {
    await this.desk.writer.addInput({
      ...{ kind: 'file', source: name.slice(0, 100), outcome: 'refused', sentence, orderId: null, content: '' },
    })
    return false
  }

  private moveTo(where: 'done' | 'refused', name: string, path: string): void {
    const target = join(this.folder, where)
    mkdirSync(target, { recursive: true })
    renameSync(path, join(target, `${Date.now()}-${name}`))
  }
}

function look(path: string): { size: number; mtimeMs: number; isFile: boolean } {
  try {
    const stat = statSync(path)
    return { size: stat.size, mtimeMs: stat.mtimeMs, isFile: stat.isFile() }
  } catch {
    // Taken away by whoever wrote it.
    return { size: 0, mtimeMs: 0, isFile: false }
  }
}

/** UTF-8, or UTF-16 with its mark; else Windows-1252, in which spreadsheets of the West write. */
function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
