import { expect, test } from 'vitest'
import { frontDesk, orderContentOf } from '#electron/worklist/orderFixture.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
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
