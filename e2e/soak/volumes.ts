import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ctPhantom } from '#electron/demo/ctPhantom.ts'
import { derivedUID } from '#electron/demo/derivedUID.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { storescu } from '../bench/sender.ts'
// Brings the type of window.negatoscope.
import type {} from '../corpus/readBack.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { type Check, MB, megabytes } from './check.ts'
import { openChromium } from './chromium.ts'

const SLICES = 300
const OPENED = 20
const PIXEL_BYTES = SLICES * 512 * 512 * 2
const HEAP_RATIO = 1.3
const GPU_BYTES = 100 * MB
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

  await using chromium = await openChromium()
  await chromium.goto(workstation.url)
  await chromium.until(() => window.negatoscope !== undefined)
  await chromium.evaluate((id) => window.negatoscope?.viewer.open([id]), study.studyId)
  await chromium.until((slices) => window.negatoscope?.viewer.state(0).cachedFrames === slices && slices > 0, SLICES)
  const whole = await chromium.memory()
  for (let round = 0; round < OPENED; round += 1) {
    await chromium.press('y')
    // A plane through the middle, drawn: its samples are those of the volume.
    await chromium.until((instance) => {
      const state = window.negatoscope?.viewer.state(0)
      return state?.status === 'shown' && (state.instanceId ?? 0) < instance
    }, 0)
    await chromium.press('PageDown')
    await chromium.press('y')
    await chromium.until((slices) => {
      const state = window.negatoscope?.viewer.state(0)
      return state?.status === 'shown' && (state.instanceId ?? 0) > 0 && state.totalFrames === slices
    }, SLICES)
  }
  const after = await chromium.memory()
  const ratio = whole.heapBytes / PIXEL_BYTES
  return [
    {
      name: `JS heap of ${SLICES} slices`,
      passed: ratio <= HEAP_RATIO,
      told: `${megabytes(whole.heapBytes)} for ${megabytes(PIXEL_BYTES)} of pixels: ${ratio.toFixed(2)}, at most ${HEAP_RATIO}`,
    },
    {
      name: `JS heap after planes were opened ${OPENED} times`,
      passed: after.heapBytes <= whole.heapBytes * MAY_GROW,
      told: `${megabytes(whole.heapBytes)} before, ${megabytes(after.heapBytes)} after; renderer ${megabytes(whole.rendererBytes)} before, ${megabytes(after.rendererBytes)} after`,
    },
    {
      name: `GPU process after planes were opened ${OPENED} times`,
      passed: after.gpuBytes <= whole.gpuBytes + GPU_BYTES,
      told: `${megabytes(whole.gpuBytes)} before, ${megabytes(after.gpuBytes)} after, at most 100 MB more`,
    },
  ]
}
