import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { remote } from '#electron/threads/remote.ts'
import type { ArchiveWriterApi } from './archiveApi.ts'
import { ctImage, publish } from './archiveFixture.ts'
import { InstanceStore } from './instanceStore.ts'
import type { Archive } from './openArchive.ts'
import { archiveForEachTest } from './testing/testArchive.ts'

const filter = { offset: 0, limit: 200 }
let archive: Archive
let store: InstanceStore

archiveForEachTest((opened) => {
  ;({ archive, store } = opened)
})

const filesUnderFinalNames = () =>
  readdirSync(archive.storageFolder, { recursive: true }).filter((name) => String(name).endsWith('.dcm'))

test('what was added is listed, browsed and located', async () => {
  const added = await archive.writer.addInstance(publish(store, ctImage()))
  expect(added.outcome).toBe('stored')
  const { total, rows } = await archive.reader.listStudies(filter)
  expect(total).toBe(1)
  expect(rows[0]).toMatchObject({
    studyId: added.studyId,
    patientName: 'Müller^Bella',
    owner: 'Müller^Anna',
    species: 'Canine',
    modalities: ['CT'],
    series: 1,
    instances: 1,
    source: 'CT1',
    trashedAt: null,
  })
  const [series] = await archive.reader.listSeries(added.studyId)
  expect(series).toMatchObject({ modality: 'CT', instances: 1, frames: 1, thumbnailInstanceId: added.instanceId })
  const [image] = await archive.reader.listImages(added.seriesId)
  expect(image).toMatchObject({ instanceId: added.instanceId, image: { rows: 2, columns: 2, obstacle: null } })
  const [located] = await archive.reader.locate({ studyIds: [added.studyId] })
  expect(existsSync(located?.path ?? '')).toBe(true)
  expect(await archive.reader.totals()).toMatchObject({ studies: 1, instances: 1, trashedInstances: 0 })
  expect(await archive.reader.storageFolder()).toBe(archive.storageFolder)
})

test('eight clients that race to store the same 500 instances leave 500 rows and 500 files', async () => {
  const images = Array.from({ length: 500 }, (_, at) =>
    ctImage({ InstanceNumber: String(at), SeriesInstanceUID: `1.2.3.1.${at % 3}` }),
  )
  const clients = Array.from({ length: 8 }, () => {
    const port = archive.writerPort()
    return { port, writer: remote<ArchiveWriterApi>(port) }
  })
  const outcomes = await Promise.all(
    clients.map(async ({ writer }, at) => {
      const own = new InstanceStore(archive.storageFolder)
      const mine = at % 2 === 0 ? images : images.toReversed()
      const added: string[] = []
      for (const image of mine) added.push((await writer.addInstance(publish(own, image))).outcome)
      own.close()
      return added
    }),
  )
  for (const { port } of clients) port.close()
  const all = outcomes.flat()
  expect(all.filter((outcome) => outcome === 'stored')).toHaveLength(500)
  expect(all.filter((outcome) => outcome === 'duplicate')).toHaveLength(3500)
  expect((await archive.reader.totals()).instances).toBe(500)
  expect((await archive.reader.listStudies(filter)).rows[0]).toMatchObject({ instances: 500, series: 3 })
  expect(filesUnderFinalNames()).toHaveLength(500)
}, 240_000)

test('changes are told, and not more than ten times a second', async () => {
  const told: number[][] = []
  const stop = archive.onChange((studyIds) => told.push(studyIds))
  const start = performance.now()
  const studies = new Set<number>()
  for (let at = 0; at < 60; at += 1) {
    const study = `1.2.3.${at % 5}`
    const added = await archive.writer.addInstance(publish(store, ctImage({ StudyInstanceUID: study })))
    studies.add(added.studyId)
  }
  const elapsedMs = performance.now() - start
  await expect.poll(() => new Set(told.flat())).toEqual(studies)
  expect(told.length).toBeLessThanOrEqual(2 + elapsedMs / 100)
  stop()
})
