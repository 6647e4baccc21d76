import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StudyFilter } from '#shared/contract/studies.ts'
import { studyColumn } from '#shared/contract/studies.ts'
import { studyList } from './listStudies.ts'
import { fillWithStudies } from './manyStudies.ts'
import { openIndex } from './openIndex.ts'

/** How long a page of the study list takes at 100,000 studies: `node electron/archive/listStudies.bench.ts`. */
const STUDIES = 100_000

const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'))
const { db } = openIndex(folder)
const filling = performance.now()
fillWithStudies(db, STUDIES)
console.log(`${STUDIES} studies in ${Math.round(performance.now() - filling)} ms`)
const { list } = studyList(db)

function measure(name: string, filter: Omit<StudyFilter, 'limit'>): void {
  const runs = Array.from({ length: 5 }, () => {
    const start = performance.now()
    const { total } = list({ limit: 200, ...filter })
    return { ms: performance.now() - start, total }
  }).sort((a, b) => a.ms - b.ms)
  const median = runs[2]
  const slowest = runs[4]
  console.log(
    `${name.padEnd(44)} ${median?.ms.toFixed(1).padStart(7)} ms, slowest ${slowest?.ms.toFixed(1)} ms, ${median?.total} match`,
  )
}

for (const column of studyColumn.options)
  for (const [offset, descending] of [
    [0, true],
    [50_000, false],
    [99_800, true],
  ] as const)
    measure(`${column} ${descending ? 'down' : 'up'} from ${offset}`, { offset, sort: { column, descending } })
const sort = { column: 'studyDate', descending: true } as const
measure('with days', { offset: 0, sort, days: true })
measure('text "bella"', { offset: 0, text: 'bella', sort })
measure('text "a" (nearly all)', { offset: 0, text: 'a', sort })
measure('text "a", deep', { offset: 90_000, text: 'a', sort })
measure('text "v-4711" (one)', { offset: 0, text: 'v-4711', sort })
measure('text "v-4711", by name', { offset: 0, text: 'v-4711', sort: { column: 'patientName', descending: false } })
measure('nothing matches', { offset: 0, text: 'zzzz', sort })
measure('name "muller b*a"', { offset: 0, patientName: 'muller b*a', sort })
measure('modality CT, one year', { offset: 0, modalities: ['CT'], dateFrom: '20200101', dateTo: '20201231', sort })
measure('modality CT, half way', { offset: 8000, modalities: ['CT'], sort, days: true })
db.close()
rmSync(folder, { recursive: true, force: true })
