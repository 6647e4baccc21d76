import { expect, test } from 'vitest'
import { frontDesk, orderContentOf } from '#electron/worklist/orderFixture.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { ctImage, publish } from '../archiveFixture.ts'
import type { InstanceStore } from '../instanceStore.ts'
import type { Archive } from '../openArchive.ts'
import { archiveForEachTest } from '../testing/testArchive.ts'

let archive: Archive
let store: InstanceStore
archiveForEachTest((opened) => {
  ;({ archive, store } = opened)
})

test('two patients under one ID are two; what was typed of one does not become the other', async () => {
  await archive.writer.createOrder({ content: orderContentOf(), source: frontDesk })
  const images = [
    ctImage({
      PatientName: 'Kim^Miso',
      PatientID: 'VET0001',
      ResponsiblePerson: '',
      PatientBirthDate: '',
      PatientAge: '005Y',
      StudyDate: dateOf(new Date()),
    }),
    ctImage({ PatientName: 'SATO^REX', PatientID: 'VET0001', ResponsiblePerson: '', StudyInstanceUID: '1.2.3.2' }),
  ]
  for (const image of images) await archive.writer.addInstance(publish(store, image))
  const found = await archive.reader.findPatients('VET0001')
  const of = (name: string) => found.filter(({ patientName }) => patientName === name)
  // Nobody is named: the animal's name says whose it is.
  expect(of('Kim^Miso')).toMatchObject([{ responsiblePerson: 'Kim', microchip: '', studies: 1, age: '005Y' }])
  // The same one, as its images and its request tell of it together.
  expect(of('SATO^REX')).toMatchObject([{ responsiblePerson: 'Sato^Ren', microchip: '276098102345678', studies: 1 }])
  expect(found).toHaveLength(2)
  const { rows } = await archive.reader.listPatients({ text: '', offset: 0, limit: 10 })
  expect(rows.map(({ missing }) => missing)).toMatchObject([expect.arrayContaining(['an ID of its own'])])
  expect(rows).toMatchObject([{ owner: '', ownerByName: expect.stringMatching(/^(Kim|SATO)$/) }])
})

test('a study of another name under the same ID is no earlier study', async () => {
  const studies = [
    { PatientName: 'Kim^Miso', StudyInstanceUID: '1.2.3.1', StudyDate: '20240101' },
    { PatientName: 'SATO^REX', StudyInstanceUID: '1.2.3.2', StudyDate: '20240102' },
    { PatientName: 'Sato^Rex', StudyInstanceUID: '1.2.3.3', StudyDate: '20240103' },
  ]
  const ids: number[] = []
  for (const study of studies)
    ids.push((await archive.writer.addInstance(publish(store, ctImage({ ...study, PatientID: '1' })))).studyId)
  const earlier = await archive.reader.earlierStudies(ids[2] ?? 0)
  expect(earlier.map(({ studyId }) => studyId)).toEqual([ids[1]])
})
