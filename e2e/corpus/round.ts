import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { z } from 'zod'
import { type Connection, connect } from '../workstation/connect.ts'
import { startWorkstation, type Workstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { openViewer, type Where } from './readBack.ts'
import type { CorpusRow } from './rounds.ts'

const importAnswer = z.object({
  outcome: z.enum(['stored', 'duplicate', 'conflict', 'rejected', 'left-out']),
  note: z.string(),
})
export type ImportAnswer = z.infer<typeof importAnswer>

/** One archive with every row of a round imported, and the page on it. */
export interface Round {
  number: number
  folder: string
  workstation: Workstation
  connection: Connection
  page: Page
  /** By the row's path. */
  answers: Map<string, ImportAnswer>
  /** By SOP Instance UID. */
  instances: Map<string, Where>
  close(): Promise<void>
}

export async function openRound(browser: Browser, number: number, rows: CorpusRow[]): Promise<Round> {
  const folder = temporaryFolder()
  const workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
  const connection = await connect(workstation.url)
  const answers = await importAll(connection, rows)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await openViewer(page, workstation.url)
  return {
    number,
    folder: folder.path,
    workstation,
    connection,
    page,
    answers,
    instances: await listInstances(connection),
    close: async () => {
      await page.close()
      connection[Symbol.dispose]()
      await workstation.stop()
      folder[Symbol.dispose]()
    },
  }
}

async function importAll({ ask, data }: Connection, rows: CorpusRow[]): Promise<Map<string, ImportAnswer>> {
  const { transferId } = await ask.transfers.beginImport({ title: 'Samples', files: rows.length })
  const answers = new Map<string, ImportAnswer>()
  for (const row of rows) {
    const name = encodeURIComponent(basename(row.path))
    const answer = await data(`/data/import/${transferId}?name=${name}`, {
      method: 'PUT',
      body: readFileSync(row.file),
    })
    answers.set(row.path, importAnswer.parse(await answer.json()))
  }
  await ask.transfers.finishImport({ transferId })
  return answers
}

/** Everything that the study list leads to. */
export async function listInstances({ ask }: Connection): Promise<Map<string, Where>> {
  const instances = new Map<string, Where>()
  const { rows } = await ask.studies.list({ limit: 1000 })
  for (const { studyId } of rows) {
    for (const { seriesId } of await ask.studies.series({ studyId })) {
      for (const { instanceId, image } of await ask.studies.images({ seriesId }))
        instances.set(image.sopInstanceUID, { studyId, seriesId, instanceId })
    }
  }
  return instances
}
