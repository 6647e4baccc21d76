import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fillWithStudies } from '#electron/archive/manyStudies.ts'
import { openIndex } from '#electron/archive/openIndex.ts'
import type { StudyFilter } from '#shared/contract/studies.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { listVisible } from './listPage.ts'
import { interleave } from './measure.ts'
import { within } from './row.ts'
import type { Scenario } from './scenario.ts'

const STUDIES = 100_000
/** What a person takes for at once. */
const AT_ONCE_MS = 100

type Question = Omit<StudyFilter, 'offset' | 'limit'> & { offset?: number }
const byDate = { column: 'studyDate', descending: true } as const
const byName = { column: 'patientName', descending: false } as const

/** A page of 200 rows as the page of the program asks for it: over the WebSocket, checked at both ends. */
export const list: Scenario = {
  name: 'list',
  run: async ({ runs }) => {
    using folder = temporaryFolder()
    const dataFolder = join(folder.path, 'data')
    mkdirSync(dataFolder)
    const { db } = openIndex(dataFolder)
    fillWithStudies(db, STUDIES)
    db.close()
    await using workstation = await startWorkstation({ dataFolder })
    using connection = await connect(workstation.url)
    const ask = (question: Question) => async () => {
      const startedAt = performance.now()
      const { rows } = await connection.ask.studies.list({ limit: 200, ...question })
      const elapsed = performance.now() - startedAt
      if (rows.length === 0) throw new Error('An empty page')
      return elapsed
    }
    const measured = await interleave(runs, {
      'newest first, with the days': ask({ sort: byDate, days: true }),
      'from 50,000, by name': ask({ sort: byName, offset: 50_000 }),
      'text that nearly all match': ask({ text: 'a', sort: byDate }),
      'text that one matches': ask({ text: 'v-4711', sort: byDate }),
      'CT of one year': ask({ modalities: ['CT'], dateFrom: '20200101', dateTo: '20201231', sort: byDate }),
    })
    const questions = Object.entries(measured).map(([question, ours]) =>
      within({ name: `200 of 100,000 studies, ${question}`, unit: 'ms', ours }, AT_ONCE_MS),
    )
    return [...questions, await listVisible(workstation.url, runs, '100,000')]
  },
}
