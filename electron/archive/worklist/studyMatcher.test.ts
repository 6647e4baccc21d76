import { expect, test } from 'vitest'
import { frontDesk, orderContentOf } from '#electron/worklist/orderFixture.ts'
import { begunStep, endedStep } from '#electron/worklist/stepAttributes.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { ctImage, fromScanner, publish } from '../archiveFixture.ts'
import type { InstanceStore } from '../instanceStore.ts'
import type { Archive } from '../openArchive.ts'
import { archiveForEachTest } from '../testing/testArchive.ts'

let archive: Archive
let store: InstanceStore
archiveForEachTest((opened) => {
  ;({ archive, store } = opened)
})

const now = new Date()
const today = dateOf(now)
let studies = 0
/** Images that came before anybody wrote a request. */
const arrive = async (values: Parameters<typeof ctImage>[0]) => {
  const StudyInstanceUID = `1.2.3.${++studies}`
  const image = ctImage({ StudyInstanceUID, StudyDate: today, StudyTime: '0940', Modality: 'DX', ...values })
  return (await archive.writer.addInstance(publish(store, image, fromScanner(now.getTime())))).studyId
}
const board = () => archive.reader.board(today, today)
const order = (patient: Parameters<typeof orderContentOf>[0] = {}) =>
  archive.writer.createOrder({ content: orderContentOf(patient, { date: today }), source: frontDesk })

test('a request that is written after its images came finds them, among many others', async () => {
  for (let other = 0; other < 5; other += 1) await arrive({ PatientID: `X${other}`, PatientName: `Other${other}` })
  const own = await arrive({ PatientID: 'VET0001', PatientName: 'Sato^Rex' })
  await order()
  expect((await board()).cards.map(({ studyIds }) => studyIds)).toEqual([[own]])
  expect((await board()).studies).toEqual([])
})

test('a second request for the same patient leaves the images where they are; a likely one is proposed', async () => {
  const nameless = await arrive({ PatientID: '', PatientName: 'Rex' })
  const first = await order()
  expect((await board()).studies).toMatchObject([
    { studyId: nameless, proposal: { order: { orderId: first.orderId } } },
  ])
  await archive.writer.updateOrder(
    first.orderId,
    orderContentOf({ patientName: 'Kim^Miso' }, { date: today, time: '2355', modality: 'US', stationAETitle: 'US1' }),
  )
  // Nothing speaks for it any more.
  expect((await board()).studies).toMatchObject([{ studyId: nameless, proposal: null }])
})

test('nameless images are proposed to whoever has their name before whoever has their device and hour', async () => {
  const moor = await order({ patientId: 'M', patientName: 'ABC Farms^Moor' })
  await archive.writer.updateOrder(
    moor.orderId,
    orderContentOf({ patientId: 'M', patientName: 'ABC Farms^Moor' }, { date: today, time: '', modality: 'US' }),
  )
  await order({ patientId: 'B', patientName: 'Sato^Bello' })
  const proposedFor = async (PatientID: string, PatientName: string) => {
    const studyId = await arrive({ PatientID, PatientName })
    await archive.writer.matchStudies([studyId])
    return (await board()).studies.find((each) => each.studyId === studyId)?.proposal?.order.patient.patientName
  }
  expect(await proposedFor('', 'Moor')).toBe('ABC Farms^Moor')
  expect(await proposedFor('', 'dog')).toBe('Sato^Bello')
  // With an ID of its own it is likely another one of that name.
  expect(await proposedFor('X1', 'Moor')).toBeUndefined()
})

test('images of an animal are those of its request with or without its owner’s family; of another name only proposed', async () => {
  let animals = 0
  const isAttached = async (asked: string, arrives: string) => {
    const patientId = `VET${++animals}`
    const { orderId } = await order({ patientId, patientName: asked })
    const studyId = await arrive({ PatientID: patientId, PatientName: arrives })
    await archive.writer.matchStudies([studyId])
    const { cards, studies: doubtful } = await board()
    expect(doubtful.find((each) => each.studyId === studyId)?.proposal?.reasons ?? []).toEqual(
      cards.some((card) => card.studyIds.includes(studyId)) ? [] : ['Same patient ID', 'The images say another name'],
    )
    return cards.find((card) => card.order.orderId === orderId)?.studyIds.includes(studyId)
  }
  for (const asked of ['Sato^Rex', 'Rex']) {
    for (const same of ['Rex', 'Sato^Rex', 'SATO^REX', 'Sato Rex', '^Rex'])
      expect([asked, same, await isAttached(asked, same)]).toEqual([asked, same, true])
    for (const other of ['Kim^Rex', 'Rex^Sato', 'Sato'])
      expect([asked, other, await isAttached(asked, other)]).toEqual([asked, other, false])
  }
})

test('images of another hour, here by the patient ID alone, are told apart from those that the device names', async () => {
  const earlier = await arrive({ PatientID: 'VET0001', PatientName: 'Sato^Rex' })
  const asked = await order()
  const { orderId, studyInstanceUID } = asked
  const one = async () => (await board()).cards[0]
  const uids = async () => (await archive.reader.arrivedSeries(orderId)).flatMap(({ instances }) => instances)
  expect(await one()).toMatchObject({ column: 'images-here', byPatientId: { studyIds: [earlier], images: 1 } })
  expect(await uids()).toHaveLength(1)

  const sopInstanceUID = newUID()
  const own = { StudyInstanceUID: studyInstanceUID, SeriesInstanceUID: '1.2.3.77', PatientID: 'VET0001' }
  const made = ctImage({ ...own, PatientName: 'Sato^Rex', SOPInstanceUID: '1.2.3.77.1', StudyDate: today })
  const { studyId } = await archive.writer.addInstance(publish(store, made, fromScanner(now.getTime())))
  await archive.writer.matchStudies([studyId])
  const step = { sopInstanceUID, callingAETitle: 'DR1', address: '127.0.0.1' }
  await archive.writer.createStep({ ...step, attributes: begunStep(asked, 'DR1', now) })
  const named = { sopClassUID: '1.2.840.10008.5.1.4.1.1.2', sopInstanceUID: '1.2.3.77.1' }
  const series = {
    seriesInstanceUID: '1.2.3.77',
    description: '',
    modality: 'CT',
    protocolName: 'X',
    operatorsName: '',
  }
  const ended = endedStep('COMPLETED', [{ ...series, instances: [named] }], 'DR1', now)
  expect(await archive.writer.changeStep(sopInstanceUID, ended)).toBeUndefined()
  expect(await one()).toMatchObject({
    ...{ column: 'attention', images: 2, namedImages: 1, missingImages: 0 },
    byPatientId: { studyIds: [earlier], images: 1 },
    attention: expect.stringContaining('1 of these 2 images is here by the patient ID alone'),
  })
  // What a server is told to be made is what is this request's for sure.
  expect(await uids()).toEqual([named])

  await archive.writer.attachStudy(orderId, earlier)
  expect(await one()).toMatchObject({ column: 'done', attention: '', images: 2, byPatientId: { images: 0 } })
  expect(await uids()).toHaveLength(2)
  await archive.writer.leaveStudy(earlier)
  expect(await one()).toMatchObject({ column: 'done', attention: '', images: 1 })
})
