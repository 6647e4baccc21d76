import { join } from 'node:path'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { openFindTimer } from './findTimer.ts'
import { interleave, seconds, summary } from './measure.ts'
import { peakMemoryMB } from './processTree.ts'
import { QUESTIONS } from './questions.ts'
import { MEMORY_MB } from './receive.ts'
import { fasterThanPeer, type Row, within } from './row.ts'
import type { Scenario } from './scenario.ts'
import { seed } from './seed.ts'
import { storescu } from './sender.ts'
import { writeSmallFiles } from './smallFiles.ts'

const STUDIES = { full: 1_000_000, quick: 20_000 }
const STORES = 2000
const QUESTIONS_EACH = 100
const P95_MS = 20
const P95_SUBSTRING_MS = 60
const INGEST_BESIDE_EMPTY = 0.8

/** An archive of a million studies: how long it takes to answer, to take more, and how much memory that needs. */
export const million: Scenario = {
  name: 'million',
  run: async ({ runs, quick }) => {
    const count = quick ? STUDIES.quick : STUDIES.full
    using folder = temporaryFolder()
    const [dataFolder, emptyFolder] = [join(folder.path, 'data'), join(folder.path, 'empty')]
    await seed(dataFolder, count)
    await using full = await startWorkstation({ dataFolder, enable: 'qr' })
    await using empty = await startWorkstation({ dataFolder: emptyFolder })
    const rows: Row[] = []
    const inWords = count.toLocaleString('en')
    const peak = await peakMemoryMB(full.pid, async () => {
      await using timer = await openFindTimer({ aeTitle: full.aeTitle, port: full.dicomPort })
      for (const { name, keys } of QUESTIONS) {
        const times: number[] = []
        for (let turn = 0; turn < QUESTIONS_EACH * runs; turn += 1) {
          const { elapsedMs, matches } = await timer.ask(keys((turn * 700_001 + 13) % count, count))
          if (matches === 0) throw new Error(`No match by ${name}`)
          times.push(elapsedMs)
        }
        const figures = { name: `C-FIND STUDY in ${inWords} by ${name}, p95`, unit: 'ms', ours: p95(times) } as const
        rows.push(within(figures, name === 'part of the name' ? P95_SUBSTRING_MS : P95_MS))
      }
      // Each run brings new objects, the same number of them to both.
      const store = (to: { aeTitle: string; dicomPort: number }, who: string) => async (run: number) => {
        const files = writeSmallFiles(join(folder.path, `${who}${run}`), STORES, `${who}/${run}`)
        return await seconds(() => storescu({ aeTitle: to.aeTitle, port: to.dicomPort }, files))
      }
      const ingest = await interleave(runs, { ours: store(full, 'full'), empty: store(empty, 'empty') })
      const figures = {
        name: `store ${STORES} objects on top of ${inWords} studies`,
        unit: 's',
        ours: ingest.ours,
        peer: ingest.empty,
        peerName: 'into an empty one',
      } as const
      rows.push(fasterThanPeer(figures, INGEST_BESIDE_EMPTY))
    })
    const name = `memory of the tree with ${inWords} studies`
    return [...rows, within({ name, unit: 'MB', ours: summary([peak]) }, MEMORY_MB)]
  },
}

/** Ninety-five of a hundred are at most this; the spread is that of all. */
function p95(times: number[]) {
  const sorted = times.toSorted((a, b) => a - b)
  const { spread } = summary(sorted)
  return { median: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null, spread }
}
