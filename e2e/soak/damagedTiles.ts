import { join } from 'node:path'
import { damagedFile, everyCodec } from '#electron/pixels/damagedFixture.ts'
import { loadEncoders } from '#electron/pixels/encodeFixture.ts'
import { newUID } from '#shared/dicom/uid.ts'
// Brings the type of window.negatoscope.
import type {} from '../corpus/readBack.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import type { Check, SoakOptions } from './check.ts'
import { type Chromium, openChromium } from './chromium.ts'

const CLIP_PATIENT = 'Robin'
const PATIENT = 'Damaged'

/** Damaged images in one tile while a clip plays in the one beside it: words or a picture in the one, the other goes on. */
export async function damagedTiles({ seed, each, codec: only }: SoakOptions): Promise<Check[]> {
  await loadEncoders()
  using folder = temporaryFolder()
  await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
  using connection = await connect(workstation.url)
  const { ask } = connection
  await ask.settings.addDemoStudies({})
  const codecs = everyCodec().filter(({ name }) => name.includes(only))
  const files = codecs.flatMap((codec) => {
    const names = { PatientName: PATIENT, StudyInstanceUID: newUID(), SeriesInstanceUID: newUID() }
    return Array.from({ length: each }, (_, number) =>
      damagedFile(codec, seed, number, { ...names, SOPInstanceUID: newUID() }),
    )
  })
  const { transferId } = await ask.transfers.beginImport({ title: 'damaged', files: files.length })
  let stored = 0
  for (const body of files) {
    const answer = await connection.data(`/data/import/${transferId}?name=image.dcm`, { method: 'PUT', body })
    if (JSON.stringify(await answer.json()).includes('"stored"')) stored += 1
  }
  await ask.transfers.finishImport({ transferId })
  const { rows } = await ask.studies.list({})
  const clip = rows.find(({ patientName }) => patientName.includes(CLIP_PATIENT))
  const others = rows.filter(({ patientName }) => patientName.startsWith(PATIENT))
  if (!clip) throw new Error('The clip is missing')

  await using chromium = await openChromium()
  const { complaints } = chromium
  await chromium.goto(workstation.url)
  await chromium.until(() => window.negatoscope !== undefined)
  const [clipSeries] = await ask.studies.series({ studyId: clip.studyId })
  if (!clipSeries) throw new Error('The clip has no series')
  let [shown, said, stuck] = [0, 0, 0]
  let leastFrames = Number.POSITIVE_INFINITY
  for (const [at, study] of others.entries()) {
    if (at % 4 === 0) console.log(`       study ${at} of ${others.length}: ${shown} shown, ${said} said in words`)
    for (const series of await ask.studies.series({ studyId: study.studyId })) {
      for (const { instanceId } of await ask.studies.images({ seriesId: series.seriesId })) {
        await chromium.evaluate((a, b) => window.negatoscope?.viewer.open([a, b]), study.studyId, clip.studyId)
        await chromium.until(() => (window.negatoscope?.viewer.state(1).totalFrames ?? 0) > 1)
        await chromium.evaluate(
          (studyId, seriesId, id) => window.negatoscope?.viewer.show(0, studyId, seriesId, id, 0),
          ...([study.studyId, series.seriesId, instanceId] as const),
        )
        const done = await chromium
          .until((id) => {
            const state = window.negatoscope?.viewer.state(0)
            return state?.instanceId === id && /shown|message/.test(state.status)
          }, instanceId)
          .then(() => chromium.evaluate(() => window.negatoscope?.viewer.state(0)))
          .catch(() => undefined)
        if (done?.status === 'shown') shown += 1
        else if (done?.message) said += 1
        else stuck += 1
        leastFrames = Math.min(leastFrames, await scrolled(chromium))
      }
    }
  }
  return [
    {
      name: `${stored} of ${files.length} damaged images were stored and opened beside a clip`,
      passed: complaints.length === 0 && stuck === 0 && stored > 0 && leastFrames >= 3,
      told: `--seed ${seed}: ${shown} shown, ${said} said in words, ${stuck} stuck; the clip went on by ${leastFrames} frames at least; ${complaints.slice(0, 3).join('; ') || 'no errors in the page'}`,
    },
  ]
}

/** Frames of the clip in the second tile that come on the screen when asked for. */
async function scrolled(chromium: Chromium): Promise<number> {
  let frames = 0
  for (const index of [1, 2, 3]) {
    await chromium.evaluate((at) => window.negatoscope?.viewer.goto(1, at), index)
    const isShown = (at: number) => {
      const state = window.negatoscope?.viewer.state(1)
      return state?.index === at && state.status === 'shown'
    }
    if (
      await chromium.until(isShown, index).then(
        () => true,
        () => false,
      )
    )
      frames += 1
  }
  return frames
}
