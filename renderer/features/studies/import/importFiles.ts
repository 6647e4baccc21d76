import { CircleX } from 'lucide-react'
import { z } from 'zod'
import { create } from 'zustand'
import { client } from '../../../api/client.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { showToast } from '../../../ui/toast.ts'
import type { Collected, NamedFile } from './collectFiles.ts'
import { runPool } from './runPool.ts'

const AT_A_TIME = 4

const importOutcome = z.object({
  outcome: z.enum(['stored', 'duplicate', 'conflict', 'rejected', 'left-out']),
  note: z.string().catch(''),
})
type ImportOutcome = z.infer<typeof importOutcome>['outcome']

export interface ImportJob {
  transferId: string
  title: string
  total: number
  counts: Record<ImportOutcome, number>
  /** The first sentence that a refusal gave. */
  note: string
  state: 'running' | 'done' | 'cancelled'
  cancel(): void
}

/** The imports of this page, the latest last; their record for good is on the transfers page. */
export const useImports = create<{ jobs: readonly ImportJob[] }>(() => ({ jobs: [] }))

export function dismissImport(transferId: string): void {
  useImports.setState((state) => ({ jobs: state.jobs.filter((job) => job.transferId !== transferId) }))
}

/** Hands files to the workstation, four at a time. Files only leave the disk when their turn comes. */
export async function importFiles({ title, files, unreadable }: Collected): Promise<void> {
  const [locked] = unreadable
  const note = locked === undefined ? '' : `The system does not let ${locked} be read.`
  if (files.length === 0) {
    showToast({ message: note || `There is no file in ${title}.`, icon: CircleX, tone: 'bad' })
    return
  }
  const stop = new AbortController()
  try {
    const { transferId } = await client.transfers.beginImport({ title, files: files.length })
    const cancel = () => {
      stop.abort()
      client.transfers.cancel({ transferId }).catch(showFailure)
    }
    const counts = { stored: 0, duplicate: 0, conflict: 0, rejected: unreadable.length, 'left-out': 0 }
    const total = files.length + unreadable.length
    const job: ImportJob = { transferId, title, total, counts, note, state: 'running', cancel }
    useImports.setState((state) => ({ jobs: [...state.jobs, job] }))
    // What is on its way when a person stops is answered yet: it may be in the archive.
    await runPool(files, AT_A_TIME, (file) => importOne(transferId, file, stop.signal), stop.signal)
    if (!stop.signal.aborted) await client.transfers.finishImport({ transferId })
    change(transferId, () => ({ state: stop.signal.aborted ? 'cancelled' : 'done' }))
  } catch (error) {
    stop.abort()
    showFailure(error)
  }
}

async function importOne(transferId: string, { name, file }: NamedFile, signal: AbortSignal): Promise<void> {
  const { outcome, note } = await put(transferId, name, file)
  if (signal.aborted && (outcome === 'left-out' || outcome === 'rejected')) return
  change(transferId, (job) => ({
    counts: { ...job.counts, [outcome]: job.counts[outcome] + 1 },
    note: job.note || (outcome === 'rejected' || outcome === 'conflict' ? note : ''),
  }))
}

async function put(transferId: string, name: string, file: File): Promise<z.infer<typeof importOutcome>> {
  try {
    const url = `data/import/${encodeURIComponent(transferId)}?name=${encodeURIComponent(name)}`
    const answer = await fetch(url, { method: 'PUT', body: file })
    const parsed = importOutcome.safeParse(await answer.json())
    return parsed.success ? parsed.data : { outcome: 'rejected', note: `The workstation answered ${answer.status}.` }
  } catch (error) {
    // A file that vanished or may not be read fails here as well as a connection that broke.
    return { outcome: 'rejected', note: `${name} could not be read: ${error instanceof Error ? error.message : ''}` }
  }
}

function change(transferId: string, next: (job: ImportJob) => Partial<ImportJob>): void {
  useImports.setState((state) => ({
    jobs: state.jobs.map((job) => (job.transferId === transferId ? { ...job, ...next(job) } : job)),
  }))
}
