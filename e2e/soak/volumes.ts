import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ctPhantom } from '#electron/demo/ctPhantom.ts'
import { derivedUID } from '#electron/demo/derivedUID.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { storescu } from '../bench/sender.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { type Check, MB, megabytes } from './check.ts'
import { planesMemory } from './planesMemory.ts'

const SLICES = 300
const OPENED = 20
const PIXEL_BYTES = SLICES * 512 * 512 * 2
const HEAP_RATIO = 1.3
const GPU_BYTES = 100 * MB
/** What the viewer's code and the descriptions of the last studies take. */
const CLOSED_BYTES = 20 * MB
const MAY_GROW = 1.05

/** A CT of 300 slices: what it takes beside its pixels, and what is left of planes that were opened again and again. */
export async function volumes(): Promise<Check[]> {
  using folder = temporaryFolder()
  const files = join(folder.path, 'ct')
  mkdirSync(files)
  const studyInstanceUID = derivedUID('soak/volume')
  const common = { PatientName: 'Soak^Volume', PatientID: 'SOAK', StudyDate: '20260105', StudyTime: '101500' }
  let number = 0
  for (const dataSet of ctPhantom({ common, studyInstanceUID, seed: 'soak', slices: SLICES })) {
    writeFileSync(join(files, `${number}.dcm`), writePart10({ dataSet }))
    number += 1
  }
  await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
  using connection = await connect(workstation.url)
  await storescu({ aeTitle: workstation.aeTitle, port: workstation.dicomPort }, [files])
  const study = await until('the study', async () => (await connection.ask.studies.list({})).rows[0])

  const { start, stack, planes, closed } = await planesMemory(workstation.url, study.studyId, SLICES, OPENED)
  const ratio = stack.heapBytes / PIXEL_BYTES
  return [
    {
      name: `JS heap of ${SLICES} slices`,
      passed: ratio <= HEAP_RATIO,
      told: `${megabytes(stack.heapBytes)} for ${megabytes(PIXEL_BYTES)} of pixels: ${ratio.toFixed(2)}, at most ${HEAP_RATIO}`,
    },
    {
      name: `JS heap after planes were opened ${OPENED} times`,
      passed: planes.heapBytes <= stack.heapBytes * MAY_GROW,
      told: `${megabytes(stack.heapBytes)} before, ${megabytes(planes.heapBytes)} after; renderer ${megabytes(stack.rendererBytes)} before, ${megabytes(planes.rendererBytes)} after`,
    },
    {
      name: `GPU process after planes were opened ${OPENED} times`,
      passed: planes.gpuBytes <= start.gpuBytes + GPU_BYTES,
      told: `${megabytes(start.gpuBytes)} before anything was opened, ${megabytes(planes.gpuBytes)} after, at most 100 MB more`,
    },
    {
      name: 'JS heap after the study was closed',
      passed: closed.heapBytes <= start.heapBytes + CLOSED_BYTES,
      told: `${megabytes(start.heapBytes)} before it was opened, ${megabytes(closed.heapBytes)} after, at most ${megabytes(CLOSED_BYTES)} more`,
    },
  ]
}
