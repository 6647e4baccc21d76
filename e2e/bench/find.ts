import { join } from 'node:path'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { type Orthanc, startOrthanc } from '../peers/orthanc.ts'
import { zip } from '../peers/zip.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { type FindTimer, openFindTimer } from './findTimer.ts'
import { manyStudy } from './manyStudies.ts'
import { interleave } from './measure.ts'
import { QUESTIONS, type Question } from './questions.ts'
import { type Row, slowerThanPeer } from './row.ts'
import type { Scenario } from './scenario.ts'
import { seed } from './seed.ts'

/** A quick run asks the same of fewer: Orthanc needs a minute to take 100,000. */
const STUDIES = { full: 100_000, quick: 5000 }
const ASKED_EACH_RUN = 20
const BESIDE_ORTHANC = { must: 0.5, want: 0.25 }
const ZIPPED = 2000

/** C-FIND at STUDY level, from the request to the final response, beside an Orthanc with the same studies. */
export const findBesideOrthanc: Scenario = {
  name: 'find',
  run: async ({ runs, quick }) => {
    const count = quick ? STUDIES.quick : STUDIES.full
    using folder = temporaryFolder()
    const dataFolder = join(folder.path, 'data')
    await seed(dataFolder, count)
    await using orthanc = await startOrthanc(join(folder.path, 'orthanc'))
    await fill(orthanc, count)
    await using workstation = await startWorkstation({ dataFolder, enable: 'qr' })
    await using ours = await openFindTimer({ aeTitle: workstation.aeTitle, port: workstation.dicomPort })
    await using theirs = await openFindTimer(orthanc)
    const rows: Row[] = []
    for (const question of QUESTIONS) {
      await agree(ours, theirs, question, count)
      const measured = await interleave(runs, {
        ours: (run) => median(ours, question, run, count),
        theirs: (run) => median(theirs, question, run, count),
      })
      const name = `C-FIND STUDY in ${count.toLocaleString('en')} by ${question.name}`
      const figures = { name, unit: 'ms', ours: measured.ours, peer: measured.theirs, peerName: 'Orthanc' } as const
      rows.push(slowerThanPeer(figures, BESIDE_ORTHANC.must, BESIDE_ORTHANC.want))
    }
    return rows
  },
}

async function fill(orthanc: Orthanc, count: number): Promise<void> {
  for (let at = 0; at < count; at += ZIPPED) {
    const some = Array.from({ length: Math.min(ZIPPED, count - at) }, (_, index) =>
      writePart10({ dataSet: manyStudy(at + index, count) }),
    )
    await orthanc.rest('POST', '/instances', zip(some))
  }
}

/** Faster with fewer answers would be no merit. */
async function agree(ours: FindTimer, theirs: FindTimer, { name, keys }: Question, count: number): Promise<void> {
  const asked = keys(studyOf(0, 0, count), count)
  const [own, other] = [await ours.ask(asked), await theirs.ask(asked)]
  if (own.matches !== other.matches || own.matches === 0)
    throw new Error(`By ${name} ${own.matches} matches here, ${other.matches} at Orthanc`)
}

async function median(timer: FindTimer, { keys }: Question, run: number, count: number): Promise<number> {
  const times: number[] = []
  for (let turn = 0; turn < ASKED_EACH_RUN; turn += 1)
    times.push((await timer.ask(keys(studyOf(run, turn, count), count))).elapsedMs)
  return times.sort((a, b) => a - b)[ASKED_EACH_RUN / 2] ?? Number.NaN
}

const studyOf = (run: number, turn: number, count: number) => (run * 48_611 + turn * 7919 + 17) % count
