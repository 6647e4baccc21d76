import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { damagedFile, videoOf } from '#electron/pixels/damagedFixture.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { recordClip } from '../browser/recordClip.ts'
// Brings the type of window.negatoscope.
import type {} from '../corpus/readBack.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import type { Check, SoakOptions } from './check.ts'
import { openChromium } from './chromium.ts'

const SETTLE_MS = 15_000
const TELL_EVERY = 200

/** Damaged videos in a tile: they play, or the tile says why not. The browser's own decoder is behind it. */
export async function damagedVideos({ seed, videos, from }: SoakOptions): Promise<Check[]> {
  using folder = temporaryFolder()
  await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
  using connection = await connect(workstation.url)
  const { ask } = connection
  await using chromium = await openChromium()
  const { complaints } = chromium
  await chromium.goto(workstation.url)
  await chromium.until(() => window.negatoscope !== undefined)
  // By the browser's own encoder: a whole MP4 of a codec that it has.
  const encoded = await chromium.evaluate(recordClip, ['avc1.42E01E', 'vp09.00.10.08', 'vp9', 'av01.0.04M.08'])
  if (!encoded) return [{ name: 'damaged videos', passed: false, told: 'this Chromium makes no MP4' }]
  const codec = videoOf(Uint8Array.from(encoded.bytes))

  const names = { PatientName: 'Videos', StudyInstanceUID: newUID(), SeriesInstanceUID: newUID() }
  const { transferId } = await ask.transfers.beginImport({ title: 'videos', files: videos })
  for (let number = from; number < from + videos; number += 1) {
    const body = damagedFile(codec, seed, number, { ...names, SOPInstanceUID: newUID(), InstanceNumber: number + 1 })
    await connection.data(`/data/import/${transferId}?name=video.dcm`, { method: 'PUT', body })
  }
  await ask.transfers.finishImport({ transferId })

  const [study] = (await ask.studies.list({})).rows
  const [series] = study ? await ask.studies.series({ studyId: study.studyId }) : []
  const images = series ? await ask.studies.images({ seriesId: series.seriesId }) : []
  await chromium.evaluate((id) => window.negatoscope?.viewer.open([id]), study?.studyId ?? 0)
  await chromium.until(() => window.negatoscope?.viewer.state(0).status === 'message')
  let [plays, said] = [0, 0]
  const stuck: string[] = []
  const words = new Set<string>()
  for (const [at, { instanceId }] of images.entries()) {
    await chromium.evaluate(
      (studyId, seriesId, id) => window.negatoscope?.viewer.show(0, studyId, seriesId, id, 0),
      ...([study?.studyId ?? 0, series?.seriesId ?? 0, instanceId] as const),
    )
    const look = (id: number) => {
      if (window.negatoscope?.viewer.state(0).instanceId !== id) return undefined
      const sentence = document.querySelector('section[data-active] [role="alert"] p')?.textContent
      const video = document.querySelector('video')
      if (sentence) return sentence
      return video && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? 'plays' : undefined
    }
    const deadline = performance.now() + SETTLE_MS
    let seen: string | undefined
    while (seen === undefined && performance.now() < deadline) {
      seen = await chromium.evaluate(look, instanceId)
      if (seen === undefined) await delay(10)
    }
    if (seen === 'plays') plays += 1
    else if (seen) said += 1
    else stuck.push(`${from + at}`)
    if (seen && seen !== 'plays') words.add(seen)
    if ((at + 1) % TELL_EVERY === 0)
      console.log(`       ${at + 1} of ${images.length}: ${plays} play, ${said} say why not`)
  }
  return [
    {
      name: `${images.length} damaged videos from ${from} (${encoded.mimeType})`,
      passed: complaints.length === 0 && stuck.length === 0 && images.length === videos && said > 0,
      told: `--seed ${seed}: ${plays} play, ${said} say why not, ${stuck.length} stuck (${stuck.slice(0, 8).join(', ')}); ${complaints.slice(0, 3).join('; ') || 'no errors in the page'}; words: ${[...words].slice(0, 6).join(' | ')}`,
    },
  ]
}
