import { beforeTheEnd } from './deadline.ts'
import { note } from './notes.ts'
import { conclude, type Tally } from './tally.ts'

/** A suite that runs in this process says what it has, and what hangs, before `.ci/run` ends it. */
export function lastWord(soFar: () => { tally: Tally; underWay: string }): void {
  beforeTheEnd(() => {
    const { tally, underWay } = soFar()
    note({ kind: 'FAILED', name: underWay, text: 'It did not come to its end in the time that the suite has.' })
    console.log(`FAILED ${underWay} did not come to its end`)
    conclude({ ...tally, failed: tally.failed + 1 })
    process.exit()
  })
}
