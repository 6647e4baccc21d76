import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { frontDesk, orderContentOf } from '#electron/worklist/orderFixture.ts'
import { begunStep, endedStep } from '#electron/worklist/stepAttributes.ts'
import { itemsIn, textIn } from '#shared/dicom/attributeSet.ts'
import {
  MODALITY_PERFORMED_PROCEDURE_STEP,
  MODALITY_WORKLIST_FIND,
  PERFORMED_PROCEDURE_STEP_RETRIEVE,
} from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { decodeAttributes } from '../dimse/attributeSetCodec.ts'
import { hasDcmtk, runTool } from '../testing/dcmtk.ts'
import { askQuery } from '../testing/queryPeer.ts'
import { ScriptedPeer } from '../testing/scriptedPeer.ts'
import { openTestNode, peerAt, type TestNode } from '../testing/testNode.ts'

let here: TestNode
beforeEach(async () => {
  here = await openTestNode()
})
afterEach(() => here.close())

const create = (...content: Parameters<typeof orderContentOf>) =>
  here.archive.writer.createOrder({ content: orderContentOf(...content), source: frontDesk })
const find = async (keys: Parameters<TestNode['node']['findWorklist']>[1]) => {
  const found = []
  for await (const item of here.node.findWorklist(peerAt(here.port), keys, new AbortController().signal))
    found.push(item)
  return found
}
/** N-GET of the retrieve class: what it gives, or the status with which it is refused. */
async function get(uid: string, attributeIdentifiers: number[]) {
  const contexts = [
    { id: 1, abstractSyntax: PERFORMED_PROCEDURE_STEP_RETRIEVE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] },
  ]
  const { peer } = await ScriptedPeer.open(here.port, { contexts })
  peer.message(1, {
    ...{ commandField: 0x0110, hasDataSet: false, messageID: 1, attributeIdentifiers },
    ...{ requestedSOPClassUID: MODALITY_PERFORMED_PROCEDURE_STEP, requestedSOPInstanceUID: uid },
  })
  const answer = await peer.nextCommand()
  if (!answer?.hasDataSet) return answer?.status
  const { SpecificCharacterSet: _, ...given } = decodeAttributes(await peer.nextData(), EXPLICIT_VR_LITTLE_ENDIAN)
  return given
}
const step = (keys: Record<string, string>) => ({ PatientName: '', ScheduledProcedureStepSequence: [keys] })
const send = (kind: 'create' | 'set', sopInstanceUID: string, attributes: Parameters<typeof find>[0]) =>
  here.node.sendStep(peerAt(here.port), { kind, sopInstanceUID, attributes }, new AbortController().signal)

describe('our worklist', () => {
  test('gives a device what it asks for, sequences and names in any script included', async () => {
    await create({ patientName: 'Yamada^Tarou=山田^太郎' })
    const [item] = await find({
      ...step({ ScheduledStationAETitle: 'DR1', ScheduledProcedureStepStartDate: '20261121' }),
      PatientSpeciesCodeSequence: [],
      OtherPatientIDsSequence: [],
      PregnancyStatus: '',
    })
    expect(item).toMatchObject({
      PatientName: 'Yamada^Tarou=山田^太郎',
      SpecificCharacterSet: 'ISO_IR 192',
      PregnancyStatus: '',
      PatientSpeciesCodeSequence: [{ CodeValue: '448771007', CodingSchemeDesignator: 'SCT' }],
      OtherPatientIDsSequence: [{ PatientID: '276098102345678', TypeOfPatientID: 'RFID' }],
      ScheduledProcedureStepSequence: [{ ScheduledStationAETitle: 'DR1', ScheduledProcedureStepStartDate: '20261121' }],
    })
    expect(item).not.toHaveProperty('AccessionNumber')
  })

  test('shows a device its own requests and those for any device, and none that is done or cancelled', async () => {
    await create()
    await create({ patientName: 'Any' }, { stationAETitle: '', time: '' })
    await create({ patientName: 'Other' }, { stationAETitle: 'CT1' })
    const done = await create({ patientName: 'Done' })
    const cancelled = await create({ patientName: 'Cancelled' })
    await here.archive.writer.setOrderState(done.orderId, 'completed')
    await here.archive.writer.setOrderState(cancelled.orderId, 'cancelled')
    const found = await find(step({ ScheduledStationAETitle: 'DR1' }))
    // The one for any time comes first; its start time is type 1 all the same.
    expect(found.map((item) => textIn(item, 'PatientName'))).toEqual(['Any', 'Sato^Rex'])
  })

  test('is that of the station that its requests name, for a device that calls itself otherwise', async () => {
    await create({}, { stationAETitle: 'ROOM2' })
    await create({ patientName: 'Other' }, { stationAETitle: 'CT1' })
    const stationsAsked = async (station: string) => {
      const found = await find(step({ ScheduledStationAETitle: station }))
      return found.map((item) => textIn(itemsIn(item, 'ScheduledProcedureStepSequence')[0], 'ScheduledStationAETitle'))
    }
    const device = { aeTitle: 'NEGATOSCOPE', host: '', preferredTransferSyntaxUID: '', scheduledAETitle: 'ROOM2' }
    await here.node.configure({ ...here.configuration, known: [device] })
    expect(await stationsAsked('')).toEqual(['ROOM2'])
    expect(await stationsAsked('NEGATOSCOPE')).toEqual(['ROOM2'])
    expect(await stationsAsked('CT1')).toEqual(['CT1'])
    await here.node.configure({ ...here.configuration, known: [{ ...device, scheduledAETitle: '' }] })
    expect(await stationsAsked('NEGATOSCOPE')).toEqual([])
    expect((await stationsAsked('')).toSorted()).toEqual(['CT1', 'ROOM2'])
  })

  test.each([
    ['a wildcard in a date', { ScheduledProcedureStepStartDate: '202611*' }],
    ['a date that is none', { ScheduledProcedureStepStartDate: '20261340' }],
    ['three dates', { ScheduledProcedureStepStartDate: '20261101-20261102-20261103' }],
    ['a time that is none', { ScheduledProcedureStepStartTime: '9 o clock' }],
  ])('%s is A900 and never all or nothing', async (_, keys) => {
    await create()
    await expect(find(step(keys))).rejects.toMatchObject({ details: { status: 0xa900 } })
  })

  test('a key that no request has makes the match say so (FF01)', async () => {
    await create()
    const asking = { sopClassUID: MODALITY_WORKLIST_FIND, commandField: 0x0020 }
    const known = await askQuery(here.port, { ...asking, identifier: { PatientName: '' } })
    const odd = await askQuery(here.port, { ...asking, identifier: { PatientName: '', EthnicGroup: '' } })
    expect([known[0]?.command.status, odd[0]?.command.status]).toEqual([0xff00, 0xff01])
  })

  test('switched off it is not offered', async () => {
    await here.node.configure({ ...here.configuration, services: { ...here.configuration.services, worklist: false } })
    await expect(find({ PatientName: '' })).rejects.toMatchObject({ code: 'NO_CONTEXT' })
  })
})

describe('performed steps', () => {
  const uid = newUID()
  const series = [
    {
      ...{
        seriesInstanceUID: '1.2.3.4',
        description: 'Thorax',
        modality: 'DX',
        protocolName: 'THX',
        operatorsName: '',
      },
      instances: [{ sopClassUID: '1.2.840.10008.5.1.4.1.1.1.1', sopInstanceUID: '1.2.3.4.5' }],
    },
  ]
  const final = (state: 'COMPLETED' | 'DISCONTINUED', list = series) => endedStep(state, list, 'PEER', new Date())

  test('move the request from scheduled over in progress to completed, and end for good', async () => {
    const order = await create()
    const begun = begunStep(order, 'DR1', new Date())
    await send('create', uid, begun)
    expect(await here.archive.reader.getOrder(order.orderId)).toMatchObject({ state: 'in-progress' })
    await expect(send('create', uid, begun)).rejects.toMatchObject({ details: { status: 0x0111 } })
    await expect(send('set', uid, final('COMPLETED', []))).rejects.toMatchObject({ details: { status: 0x0120 } })
    await send('set', uid, final('COMPLETED'))
    expect(await here.archive.reader.getOrder(order.orderId)).toMatchObject({ state: 'completed' })
    await expect(send('set', uid, final('DISCONTINUED'))).rejects.toMatchObject({ details: { status: 0x0110 } })
    expect(await get(uid, [0x00400252, 0x00400241])).toEqual({
      PerformedProcedureStepStatus: 'COMPLETED',
      PerformedStationAETitle: 'DR1',
    })
    expect(await get(newUID(), [])).toBe(0x0112)
    const { cards } = await here.archive.reader.board('20261121', '20261121')
    // It says that it made an image which never came: that is not done.
    expect(cards[0]).toMatchObject({ column: 'in-progress', missingImages: 1, performedBy: 'NEGATOSCOPE' })
  })

  test('of what nobody knows are refused, with the status that says why', async () => {
    await expect(send('set', uid, final('COMPLETED'))).rejects.toMatchObject({ details: { status: 0x0112 } })
    const order = await create()
    const { Modality: _, ...without } = begunStep(order, 'DR1', new Date())
    await expect(send('create', uid, without)).rejects.toMatchObject({ details: { status: 0x0120 } })
    const wrong = { ...begunStep(order, 'DR1', new Date()), PerformedProcedureStepStatus: 'COMPLETED' }
    await expect(send('create', uid, wrong)).rejects.toMatchObject({ details: { status: 0x0106 } })
  })

  test('of a study that nobody asked for are kept and left to a person', async () => {
    const order = { ...(await create()), studyInstanceUID: newUID(), accessionNumber: 'NOBODY' }
    await send('create', uid, begunStep(order, 'DR1', new Date()))
    await send('set', uid, final('DISCONTINUED', []))
    const { cards, steps } = await here.archive.reader.board('20261121', '20261121')
    expect(cards[0]).toMatchObject({ column: 'scheduled' })
    expect(steps).toMatchObject([{ sopInstanceUID: uid, state: 'DISCONTINUED' }])
    await here.archive.writer.leaveStep(uid)
    expect((await here.archive.reader.board('20261121', '20261121')).steps).toEqual([])
  })

  test('of another patient than the request are kept and left to a person', async () => {
    const order = await create()
    await send('create', uid, { ...begunStep(order, 'DR1', new Date()), PatientID: 'VET0002' })
    const { cards, steps } = await here.archive.reader.board('20261121', '20261121')
    expect(cards[0]).toMatchObject({ column: 'scheduled' })
    expect(steps).toMatchObject([{ sopInstanceUID: uid, patientId: 'VET0002' }])
  })
})

describe.skipIf(!hasDcmtk)('DCMTK asks our worklist', () => {
  test.each(['-xe', '-xb', '-xi'])('findscu -W (%s)', async (syntax) => {
    const order = await create({ patientName: 'Müller^Jörg' })
    await create({ patientName: 'Tomorrow' }, { date: '20261122' })
    const keys = [
      'SpecificCharacterSet',
      'PatientName=m*',
      'AccessionNumber',
      '(0040,0100)[0].Modality',
      '(0040,0100)[0].ScheduledStationAETitle=DR1',
      '(0040,0100)[0].ScheduledProcedureStepStartDate=20261121-20261121',
      '(0040,0100)[0].ScheduledProtocolCodeSequence[0].CodeValue',
    ]
    const { code, output } = await runTool('findscu', [
      ...['-v', '-W', syntax, '127.0.0.1', String(here.port)],
      ...keys.flatMap((key) => ['-k', key]),
    ])
    expect(code).toBe(0)
    expect(output.match(/Find Response: \d+ \(Pending\)/g)).toHaveLength(1)
    expect(output).toContain(order.accessionNumber)
    expect(output).toContain('ISO_IR 100')
    expect(output).toContain('THX2')
    expect(output).toContain('Received Final Find Response (Success)')
  })
})
