import { join } from 'node:path'
import { MB } from '../soak/check.ts'
import { planesMemory } from '../soak/planesMemory.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { STACK_SLICES } from './ctFiles.ts'
import { summary } from './measure.ts'
import { type Row, slowerThanPeer, within } from './row.ts'
import type { Scenario } from './scenario.ts'
import { storescu } from './sender.ts'
import { stacksOf } from './viewer.ts'
import type { Stack } from './viewerPage.ts'

const PIXEL_BYTES = STACK_SLICES * 512 * 512 * 2
const HEAP_RATIO = 1.3
const GPU_MB = 100
const TIMES = 20
const QUICK_TIMES = 3
/** What the viewer's code and the descriptions of the last studies take. */
const CLOSED_MB = 20

/** In a browser without Playwright, which keeps what a page fetches. */
export const memory: Scenario = {
  name: 'memory',
  run: async ({ quick, ctFiles }) => {
    using folder = temporaryFolder()
    await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
    const files = ctFiles()
    await storescu({ aeTitle: workstation.aeTitle, port: workstation.dicomPort }, [files.folder])
    using connection = await connect(workstation.url)
    const [stack] = await stacksOf(connection.ask, files)
    return await memoryRows(workstation.url, stack, quick)
  },
}

/** What an open stack takes, and what is left after its planes and after all of it was closed. */
async function memoryRows(url: string, stack: Stack | undefined, quick: boolean): Promise<Row[]> {
  if (!stack) throw new Error('A stack is needed')
  const times = quick ? QUICK_TIMES : TIMES
  const seen = await planesMemory(url, stack.studyId, STACK_SLICES, times)
  const megabytes = (bytes: number) => summary([bytes / MB])
  const told = (bytes: number) => `${Math.round(bytes / MB)} MB`
  return [
    slowerThanPeer(
      {
        name: `JS heap, ${STACK_SLICES} CT open`,
        unit: 'MB',
        ours: megabytes(seen.stack.heapBytes),
        peer: megabytes(PIXEL_BYTES),
        peerName: 'their pixels',
      },
      HEAP_RATIO,
    ),
    within(
      {
        name: `more in the GPU process after planes were opened ${times} times`,
        unit: 'MB',
        ours: megabytes(seen.planes.gpuBytes - seen.start.gpuBytes),
        note: `${told(seen.start.gpuBytes)} at its start`,
      },
      GPU_MB,
    ),
    within(
      {
        name: 'more in the JS heap once the study is closed',
        unit: 'MB',
        ours: megabytes(seen.closed.heapBytes - seen.start.heapBytes),
        note: `the page's process ${told(seen.start.rendererBytes)} before, ${told(seen.closed.rendererBytes)} after`,
      },
      CLOSED_MB,
    ),
  ]
}
