import { join } from 'node:path'
import { expect } from '@playwright/test'
import { orderContentOf } from '#electron/worklist/orderFixture.ts'
import { begunStep, endedStep } from '#electron/worklist/stepAttributes.ts'
import { worklistItem } from '#electron/worklist/worklistItem.ts'
import { type AttributeSet, itemsIn, textIn } from '#shared/dicom/attributeSet.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { dcmsend } from '../peers/dcmtk.ts'
import { acquire } from '../peers/device.ts'
import { askByPynetdicom, pynetdicom, startPynetdicom } from '../peers/pynetdicom.ts'
import { addServer } from '../workstation/addServer.ts'
import { until } from '../workstation/until.ts'
import { arranged } from './arranged.ts'
import { askWorklistOf, cardWhere } from './frontDesk.ts'
import { works } from './pair.ts'

const WORKLIST = 'Modality Worklist, C-FIND'
const STEPS = 'Modality Performed Procedure Step'
const today = dateOf(new Date())
const series = {
  ...{ seriesInstanceUID: '1.2.3', description: 'Thorax', modality: 'CT', protocolName: 'THX', operatorsName: '' },
  instances: [{ sopClassUID: '1.2.840.10008.5.1.4.1.1.2', sopInstanceUID: '1.2.9' }],
}
const ended = (state: 'COMPLETED' | 'DISCONTINUED', all = [series]) => endedStep(state, all, 'DR1', new Date())
const name = 'Yamada^Tarou=山田^太郎'

// Without it the run prints how to have it.
if (pynetdicom) bothWays(pynetdicom.title)

function bothWays(peer: string): void {
  works({ peer, service: WORKLIST, direction: 'it calls' }, (folder) =>
    arranged(folder, { enable: 'worklist,mpps' }, async ({ own, connection }) => {
      const order = await connection.ask.worklist.create(orderContentOf({ patientName: name }, { date: today }))
      await connection.ask.worklist.create(orderContentOf({}, { date: today, stationAETitle: 'CT1' }))
      const step = {
        ScheduledStationAETitle: 'DR1',
        ScheduledProcedureStepStartDate: `${today}-${today}`,
        Modality: '',
      }
      const keys = { SpecificCharacterSet: 'ISO_IR 192', PatientName: 'y*', AccessionNumber: '', StudyInstanceUID: '' }
      const find = (more: AttributeSet) => ({ do: 'find' as const, keys: { ...keys, ...more } })
      const [own1, wrong] = await askByPynetdicom(own, 'DR1', [
        find({ ScheduledProcedureStepSequence: [step] }),
        find({ ScheduledProcedureStepSequence: [{ ScheduledProcedureStepStartDate: '2026*' }] }),
      ])
      expect(own1).toMatchObject({
        status: '0000',
        found: [
          { PatientName: name, AccessionNumber: order.accessionNumber, StudyInstanceUID: order.studyInstanceUID },
        ],
      })
      expect(wrong).toEqual({ status: 'A900', found: [] })
      return 'wild card, range, sequence: 1 of 2 requests, name in two scripts; a wild card in a date is A900'
    }),
  )

  works({ peer, service: STEPS, direction: 'it calls' }, (folder) =>
    arranged(folder, { enable: 'worklist,mpps' }, async ({ own, connection: { ask } }) => {
      const order = await ask.worklist.create(orderContentOf({}, { date: today }))
      const begun = begunStep(order, 'DR1', new Date())
      const { Modality: _, ...without } = begun
      const strange = begunStep({ ...order, studyInstanceUID: newUID(), accessionNumber: 'NOBODY' }, 'DR1', new Date())
      const [uid, second] = [newUID(), newUID()]
      const create = (attributes: AttributeSet, to = uid) => ({ do: 'create' as const, uid: to, attributes })
      const set = (attributes: AttributeSet, to = uid) => ({ do: 'set' as const, uid: to, attributes })
      const told = await askByPynetdicom(own, 'DR1', [
        set(ended('COMPLETED')),
        create({ ...begun, PerformedProcedureStepStatus: 'COMPLETED' }),
        create(without),
        create(begun),
        create(begun),
        set(ended('COMPLETED', [])),
        set(ended('COMPLETED')),
        set(ended('DISCONTINUED')),
        { do: 'get', uid, tags: ['00400252', '00400241'] },
        create(strange, second),
        set(ended('DISCONTINUED', []), second),
        { do: 'get', uid: newUID(), tags: [] },
      ])
      const statuses = ['0112', '0106', '0120', '0000', '0111', '0120', '0000', '0110', '0000', '0000', '0000', '0112']
      expect(told.map(({ status }) => status)).toEqual(statuses)
      expect(told[8]?.found).toEqual([
        { PerformedProcedureStepStatus: 'COMPLETED', PerformedStationAETitle: begun.PerformedStationAETitle },
      ])
      expect((await cardWhere(ask, ({ performedBy }) => performedBy === 'DR1')).order.state).toBe('completed')
      for await (const { steps } of ask.worklist.board({ from: today, to: today })) {
        expect(steps).toMatchObject([{ sopInstanceUID: second, state: 'DISCONTINUED', callingAETitle: 'DR1' }])
        break
      }
      return 'N-CREATE, N-SET, N-GET; 0112, 0106, 0120, 0111, 0110 where they belong; a step that nobody asked for is kept for a person'
    }),
  )

  works({ peer, service: `${WORKLIST}, and ${STEPS}`, direction: 'we call' }, (folder) =>
    arranged(folder, {}, async ({ connection, own }) => {
      const { worklist } = connection.ask
      const one = orderContentOf({ patientName: name }, { date: today, stationAETitle: 'NEGATOSCOPE', modality: 'CT' })
      const entry = worklistItem(asOrder(one), '')
      const [step] = itemsIn(entry, 'ScheduledProcedureStepSequence')
      const other = { ScheduledProcedureStepSequence: [{ ...step, ScheduledStationAETitle: 'OTHER' }] }
      const entries = [entry, { ...entry, ...other, StudyInstanceUID: newUID() }]
      await using peer = await startPynetdicom(entries.map((each) => ({ SpecificCharacterSet: 'ISO_IR 192', ...each })))
      const fields = { worklistAETitle: peer.aeTitle, scheduledStationAETitle: 'NEGATOSCOPE' }
      const serverId = await addServer(connection.ask, { ...peer, name: 'Clinic', ...fields })
      const [item, ...more] = await askWorklistOf(connection, serverId)
      expect(more).toEqual([])
      if (!item) throw new Error('No entry came')
      expect(item.content.patient).toMatchObject({ patientName: name, species: 'Canine' })

      const steps = () => peer.heard().filter(({ event }) => event === 'create' || event === 'set')
      const stopped = await worklist.take({ ...item, key: 'stopped', studyInstanceUID: newUID() })
      await worklist.start({ orderId: stopped.orderId })
      await worklist.discontinue({ orderId: stopped.orderId })
      await until('N-SET DISCONTINUED', () => steps()[1])
      const order = await worklist.take(item)
      await worklist.start({ orderId: order.orderId })
      const made = acquire(join(folder, 'images'), order, 3)
      await dcmsend(own, made.files)
      await cardWhere(connection.ask, ({ images }) => images === 3)
      await worklist.complete({ orderId: order.orderId })
      const last = await until('N-SET COMPLETED', () => steps()[3])
      expect(steps().map(({ status }) => status)).toEqual(['0000', '0000', '0000', '0000'])
      expect(steps().map(({ attributes }) => textIn(attributes, 'PerformedProcedureStepStatus'))).toEqual([
        ...['IN PROGRESS', 'DISCONTINUED', 'IN PROGRESS', 'COMPLETED'],
      ])
      const [performed] = itemsIn(last.attributes, 'PerformedSeriesSequence')
      const images = itemsIn(performed, 'ReferencedImageSequence').map((each) =>
        textIn(each, 'ReferencedSOPInstanceUID'),
      )
      expect(images.toSorted()).toEqual(made.sopInstanceUIDs.toSorted())
      return 'one of two entries, name in two scripts; N-CREATE and N-SET: DISCONTINUED, and COMPLETED with the 3 images that arrived'
    }),
  )
}

function asOrder(content: ReturnType<typeof orderContentOf>) {
  return {
    ...content,
    ...{ orderId: 1, state: 'scheduled' as const, createdAt: 0, changedAt: 0, accessionNumber: 'ACC77' },
    ...{ studyInstanceUID: newUID(), requestedProcedureID: 'RP1', scheduledProcedureStepID: 'SPS1' },
    source: { kind: 'front-desk' as const, name: '', serverId: null },
  }
}
