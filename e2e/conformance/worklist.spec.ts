import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { orderContentOf } from '#electron/worklist/orderFixture.ts'
import { begunStep } from '#electron/worklist/stepAttributes.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { hostTls } from '../peers/certificates.ts'
import { dcmjsStep, startStepScp } from '../peers/dcmjsSteps.ts'
import { dcmsend } from '../peers/dcmtk.ts'
import { acquire, device } from '../peers/device.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import { DCMTK, ORTHANC } from '../peers/versions.ts'
import { startWlmscpfs, type WorklistEntry, writeWorklist } from '../peers/wlmscpfs.ts'
import { addServer } from '../workstation/addServer.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { until } from '../workstation/until.ts'
import { arranged } from './arranged.ts'
import { askWorklistOf, cardWhere } from './frontDesk.ts'
import { works } from './pair.ts'
import { secured, verified } from './secured.ts'

const WORKLIST = 'Modality Worklist, C-FIND'
const STEPS = 'Modality Performed Procedure Step'
const DCMJS = `dcmjs-dimse ${versionOf('dcmjs-dimse')}`
const today = dateOf(new Date())
const entry: WorklistEntry = {
  ...{
    patientName: 'Yamada^Tarou=山田^太郎',
    patientId: 'VET0001',
    accessionNumber: 'ACC0001',
    station: 'NEGATOSCOPE',
  },
  ...{ studyInstanceUID: '1.2.826.0.1.3680043.10.1447.77.1.1', date: today },
}
const elsewhere: WorklistEntry = { ...entry, patientId: 'VET0002', studyInstanceUID: '1.2.826.2', station: 'OTHER' }

const bare = (name = '') => name.split('=')[0]

works({ peer: `${DCMTK} findscu`, service: WORKLIST, direction: 'it calls' }, (folder) =>
  arranged(folder, { enable: 'worklist,mpps' }, async ({ workstation, connection }) => {
    const order = await connection.ask.worklist.create(orderContentOf({ patientName: 'Müller^Jörg' }, { date: today }))
    await connection.ask.worklist.create(orderContentOf({}, { date: today, stationAETitle: 'CT1' }))
    const output = await device('DR1', workstation).askWorklist([
      'SpecificCharacterSet',
      'PatientName=m*',
      'AccessionNumber',
      '(0040,0100)[0].ScheduledStationAETitle=DR1',
      `(0040,0100)[0].ScheduledProcedureStepStartDate=${today}-${today}`,
    ])
    expect(output).toContain(order.accessionNumber)
    expect(output.match(/Find Response: \d+ \(Pending\)/g)).toHaveLength(1)
    return 'wild card, range, sequence: 1 of 2 requests, in ISO_IR 100'
  }),
)

works({ peer: `${DCMTK} wlmscpfs`, service: WORKLIST, direction: 'we call' }, (folder) =>
  arranged(folder, {}, async ({ connection }) => {
    await using peer = await startWlmscpfs(join(folder, 'worklist'), [entry, elsewhere])
    const fields = { worklistAETitle: peer.aeTitle, scheduledStationAETitle: 'NEGATOSCOPE' }
    const serverId = await addServer(connection.ask, { ...peer, name: 'Clinic', aeTitle: 'NOTHERE', ...fields })
    const items = await askWorklistOf(connection, serverId)
    expect(items).toMatchObject([
      { content: { patient: { patientName: entry.patientName } }, accessionNumber: 'ACC0001' },
    ])
    const count = async (more: Parameters<typeof askWorklistOf>[2]) =>
      (await askWorklistOf(connection, serverId, more)).length
    expect([await count({ stationAETitle: 'OTHER' }), await count({ modality: 'MR' })]).toEqual([1, 0])
    expect([await count({ patientName: 'Yam' }), await count({ patientName: 'Sato' })]).toEqual([1, 0])
    expect([await count({ patientId: 'VET0001' }), await count({ patientId: 'VET0002' })]).toEqual([1, 0])
    expect([await count({ accessionNumber: 'ACC0001' }), await count({ accessionNumber: 'X' })]).toEqual([1, 0])
    return 'FF01 taken as a match; its own AE title, the scheduled station, modality, name, ID and accession number asked for; name in two scripts'
  }),
)

works({ peer: ORTHANC, service: WORKLIST, direction: 'we call' }, (folder) =>
  arranged(folder, {}, async ({ connection, own }) => {
    const worklists = join(folder, 'worklist')
    await writeWorklist(worklists, [entry, elsewhere])
    await using peer = await startOrthanc(join(folder, 'orthanc'), [own], undefined, {
      Plugins: ['/usr/share/orthanc/plugins/libModalityWorklists.so'],
      Worklists: { Enable: true, Database: worklists, FilterIssuerAet: false },
      DicomAlwaysAllowFindWorklist: true,
    })
    const fields = { worklistAETitle: peer.aeTitle, scheduledStationAETitle: 'NEGATOSCOPE' }
    const serverId = await addServer(connection.ask, { ...peer, name: 'Clinic', ...fields })
    const [item, ...more] = await askWorklistOf(connection, serverId)
    expect(more).toEqual([])
    // It writes every answer in Latin-1, which has no ideographs.
    expect(bare(item?.content.patient.patientName)).toBe('Yamada^Tarou')
    expect(item?.content.patient.species).toBe('Canine')
    return 'one of two entries, by station; species and breed come along'
  }),
)

works(
  { peer: 'Negatoscope', service: `${WORKLIST}, and ${STEPS}, TLS with client certificate`, direction: 'we call' },
  (folder) => {
    const orders = orderContentOf(
      { patientName: 'Yamada^Tarou=山田^太郎' },
      { date: today, stationAETitle: 'NEGATOSCOPE' },
    )
    return secured(folder, { enable: 'worklist,mpps' }, async ({ certificates, tls, connection: { ask: theirs } }) => {
      const order = await theirs.worklist.create(orders)
      const own = { dataFolder: join(folder, 'caller'), flags: hostTls(certificates) }
      await using caller = await startWorkstation(own)
      using connection = await connect(caller.url)
      const fields = { ...verified, worklistAETitle: tls.aeTitle, scheduledStationAETitle: 'NEGATOSCOPE' }
      const serverId = await addServer(connection.ask, { ...tls, name: 'Clinic', ...fields })
      const [item, ...more] = await askWorklistOf(connection, serverId)
      expect(more).toEqual([])
      expect(item?.content.patient.patientName).toBe('Yamada^Tarou=山田^太郎')
      if (!item) throw new Error('No entry came')
      const taken = await connection.ask.worklist.take(item)
      await connection.ask.worklist.start({ orderId: taken.orderId })
      await cardWhere(theirs, (card) => card.order.orderId === order.orderId && card.column === 'in-progress')
      const made = acquire(join(folder, 'made'), taken, 2)
      await dcmsend({ aeTitle: caller.aeTitle, port: caller.dicomPort }, made.files)
      await cardWhere(connection.ask, ({ images }) => images === 2)
      await connection.ask.worklist.complete({ orderId: taken.orderId })
      const { missingImages } = await cardWhere(theirs, ({ order: { state } }) => state === 'completed')
      expect(missingImages).toBe(2)
      return 'one entry, name in two scripts; N-CREATE and N-SET with the 2 images that arrived'
    })
  },
)

works({ peer: DCMJS, service: STEPS, direction: 'it calls' }, (folder) =>
  arranged(folder, { enable: 'worklist,mpps' }, async ({ own, connection }) => {
    const order = await connection.ask.worklist.create(orderContentOf({}, { date: today }))
    const uid = newUID()
    const begun = begunStep(order, 'DR1', new Date())
    const final = {
      PerformedProcedureStepStatus: 'COMPLETED',
      PerformedProcedureStepEndDate: today,
      PerformedProcedureStepEndTime: '101500',
      PerformedSeriesSequence: [
        {
          ...{ SeriesInstanceUID: '1.2.3', ProtocolName: 'THX' },
          ReferencedImageSequence: [
            { ReferencedSOPClassUID: '1.2.840.10008.5.1.4.1.1.2', ReferencedSOPInstanceUID: '1.2.9' },
          ],
        },
      ],
    }
    const wrong = { ...begun, PerformedProcedureStepStatus: 'COMPLETED' }
    const answers = [
      await dcmjsStep(own, 'set', uid, final),
      await dcmjsStep(own, 'create', newUID(), wrong),
      await dcmjsStep(own, 'create', uid, begun),
      await dcmjsStep(own, 'create', uid, begun),
      await dcmjsStep(own, 'set', uid, { ...final, PerformedSeriesSequence: [] }),
      await dcmjsStep(own, 'set', uid, final),
      await dcmjsStep(own, 'set', uid, final),
    ]
    expect(answers.map((status) => status.toString(16))).toEqual(['112', '106', '0', '111', '120', '0', '110'])
    return 'N-CREATE, N-SET; 0112, 0106, 0111, 0120, 0110 where they belong'
  }),
)

works({ peer: DCMJS, service: STEPS, direction: 'we call' }, (folder) =>
  arranged(folder, {}, async ({ connection, own }) => {
    const { worklist } = connection.ask
    using peer = await startStepScp()
    const serverId = await addServer(connection.ask, { ...peer, name: 'Clinic', worklistAETitle: peer.aeTitle })
    const { studyInstanceUID, accessionNumber } = entry
    const item = { serverId, serverName: 'Clinic', key: 'one', content: orderContentOf({}, { date: today }) }
    const ids = { studyInstanceUID, accessionNumber, requestedProcedureID: 'RP1', scheduledProcedureStepID: 'SPS1' }
    const order = await worklist.take({ ...item, ...ids })
    await worklist.start({ orderId: order.orderId })
    await until('N-CREATE', async () => peer.taken[0])
    const made = acquire(join(folder, 'images'), order, 3)
    await dcmsend(own, made.files)
    await cardWhere(connection.ask, ({ images }) => images === 3)
    await worklist.complete({ orderId: order.orderId })
    const last = await until('N-SET', async () => peer.taken[1])
    const [series] = last.elements.PerformedSeriesSequence as {
      ReferencedImageSequence: { ReferencedSOPInstanceUID: string }[]
    }[]
    const named = series?.ReferencedImageSequence.map(({ ReferencedSOPInstanceUID }) => ReferencedSOPInstanceUID)
    expect(named?.toSorted()).toEqual(made.sopInstanceUIDs.toSorted())
    expect(last.elements.PerformedProcedureStepStatus).toBe('COMPLETED')
    expect(last.uid).toBe(peer.taken[0]?.uid)
    return 'N-CREATE, then N-SET with the 3 images that arrived'
  }),
)

function versionOf(name: string): string {
  const file = join(import.meta.dirname, '..', '..', 'node_modules', name, 'package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
