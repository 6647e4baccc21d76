import { expect, test } from 'vitest'
import { studyStates } from '#electron/studies/studyStates.ts'
import { ctImage, fromScanner, publish } from './archiveFixture.ts'
import type { InstanceStore } from './instanceStore.ts'
import type { Archive } from './openArchive.ts'
import { archiveForEachTest } from './testing/testArchive.ts'

let archive: Archive
let store: InstanceStore
archiveForEachTest((opened) => {
  ;({ archive, store } = opened)
})

const MINUTE = 60_000
const add = (InstanceNumber: number, at = Date.now() - 10 * MINUTE) =>
  archive.writer.addInstance(publish(store, ctImage({ InstanceNumber: String(InstanceNumber) }), fromScanner(at)))
const state = async (studyId: number) => (await archive.reader.studyStates([studyId, 404]))[0]

test('a study is held against the most that anybody said of it', async () => {
  const { studyId } = await add(1)
  await add(2)
  expect(await state(studyId)).toMatchObject({ received: 2, expected: null, saidBy: '', gaps: [], late: 0 })
  const said = (saidBy: string, instances: number) =>
    archive.writer.expectInstances([{ studyInstanceUID: '1.2.3.1', saidBy, instances }])
  await said('Clinic', 2)
  await said('Main', 5)
  expect(await state(studyId)).toMatchObject({ expected: 5, saidBy: 'Main' })
  await said('Main', 1)
  expect(await state(studyId)).toMatchObject({ expected: 2, saidBy: 'Clinic' })
})

test('a device that reports what it made says how many images there are', async () => {
  const { studyId } = await add(1)
  const report = (sopInstanceUID: string, images: number, status: string) => {
    const attributes = {
      ScheduledStepAttributesSequence: [{ StudyInstanceUID: '1.2.3.1', AccessionNumber: '' }],
      PerformedProcedureStepStatus: 'IN PROGRESS',
      PerformedSeriesSequence: [
        {
          ...{ SeriesInstanceUID: `${sopInstanceUID}.0`, ProtocolName: 'Thorax' },
          ReferencedImageSequence: Array.from({ length: images }, (_, at) => ({
            ReferencedSOPInstanceUID: `${sopInstanceUID}.${at + 1}`,
          })),
        },
      ],
    }
    const made = { sopInstanceUID, attributes, callingAETitle: 'CT1', address: '10.0.0.5' }
    return archive.writer.createStep(made).then(() =>
      archive.writer.changeStep(sopInstanceUID, {
        ...{ PerformedProcedureStepStatus: status, PerformedProcedureStepEndDate: '20261121' },
        PerformedProcedureStepEndTime: '101500',
      }),
    )
  }
  expect(await report('1.2.77.1', 3, 'COMPLETED')).toBeUndefined()
  expect(await report('1.2.77.2', 2, 'DISCONTINUED')).toBeUndefined()
  expect(await state(studyId)).toMatchObject({ expected: 5, saidBy: 'CT1' })
})

test('a number that is missing between others is a gap; what comes after a pause, once it was opened, is late', async () => {
  const { studyId } = await add(1)
  await add(2)
  await add(4)
  expect((await state(studyId))?.gaps).toEqual(['CT: image 3 is missing between 2 and 4.'])
  await archive.writer.markOpened(studyId)
  expect(await state(studyId)).toMatchObject({ late: 0 })
  await add(3, Date.now() + 5 * MINUTE)
  expect(await state(studyId)).toMatchObject({ gaps: [], late: 1 })
  const { images, hasMore } = await archive.reader.studyArrivals(studyId)
  expect(hasMore).toBe(false)
  expect(images.map(({ number }) => number)).toEqual([1, 2, 4, 3])
  expect(images[0]).toMatchObject({ kind: 'receive', callingAETitle: 'CT1', address: '10.0.0.5', modality: 'CT' })
})

test('documents that were written here do not stand for images that are missing', async () => {
  const { studyId } = await add(1)
  await add(2)
  const document = { Modality: 'SR', SeriesNumber: '9901', SeriesInstanceUID: '1.2.3.1.9901', InstanceNumber: '1' }
  await archive.writer.addInstance(publish(store, ctImage(document), fromScanner()))
  const said = async (instances: number) => {
    await archive.writer.expectInstances([{ studyInstanceUID: '1.2.3.1', saidBy: 'Main', instances }])
    return studyStates(await archive.reader.studyStates([studyId]))[0]?.state
  }
  expect(await said(4)).toBe('partial')
  expect(await said(3)).toBe('unknown')
  expect(await said(2)).toBe('complete')
})
