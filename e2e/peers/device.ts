import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ctPhantom } from '#electron/demo/ctPhantom.ts'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import type { Peer } from '#electron/dicom/nodeApi.ts'
import { sendStep } from '#electron/dicom/scu/sendStep.ts'
import { begunStep, endedStep } from '#electron/worklist/stepAttributes.ts'
import type { Order } from '#shared/contract/order.ts'
import { CT_IMAGE } from '#shared/dicom/sopClass.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { run } from '../workstation/spawned.ts'

/** What a modality does with a worklist entry: asks for it by DCMTK, makes images of it, says what it made. */
export function device(aeTitle: string, workstation: { aeTitle: string; dicomPort: number }) {
  const peer: Peer = {
    name: 'The workstation',
    callingAETitle: aeTitle,
    calledAETitle: workstation.aeTitle,
    host: '127.0.0.1',
    port: workstation.dicomPort,
    tls: undefined,
    connectTimeoutMs: 5000,
    dimseTimeoutMs: 10_000,
    maxPduLength: 131_072,
  }
  const signal = new AbortController().signal
  const steps = new Map<number, string>()
  return {
    /** What `findscu -W` prints. */
    async askWorklist(keys: string[]): Promise<string> {
      const { stdout, stderr } = await run('findscu', [
        ...['-v', '-W', '-aet', aeTitle, '-aec', workstation.aeTitle, '127.0.0.1', String(workstation.dicomPort)],
        ...keys.flatMap((key) => ['-k', key]),
      ])
      return stdout + stderr
    },
    async begin(order: Order): Promise<void> {
      const sopInstanceUID = newUID()
      steps.set(order.orderId, sopInstanceUID)
      await sendStep(
        peer,
        { kind: 'create', sopInstanceUID, attributes: begunStep(order, aeTitle, new Date()) },
        signal,
      )
    },
    async end(order: Order, images: Made, state: 'COMPLETED' | 'DISCONTINUED' = 'COMPLETED'): Promise<void> {
      const series = {
        ...{ seriesInstanceUID: images.seriesInstanceUID, description: 'Thorax', modality: 'CT' },
        ...{ protocolName: 'THORAX', operatorsName: '' },
        instances: images.sopInstanceUIDs.map((sopInstanceUID) => ({ sopClassUID: CT_IMAGE, sopInstanceUID })),
      }
      const attributes = endedStep(state, [series], aeTitle, new Date())
      await sendStep(peer, { kind: 'set', sopInstanceUID: steps.get(order.orderId) ?? '', attributes }, signal)
    },
  }
}

export interface Made {
  seriesInstanceUID: string
  sopInstanceUIDs: string[]
  files: string[]
}

/** Images of an order as a device writes them, with what its worklist told it; `differs` is what it got wrong. */
export function acquire(folder: string, order: Order, slices: number, differs: DataSet = {}): Made {
  mkdirSync(folder, { recursive: true })
  const { patient, request } = order
  const common: DataSet = {
    SpecificCharacterSet: 'ISO_IR 192',
    PatientName: patient.patientName,
    PatientID: patient.patientId,
    PatientSex: patient.sex,
    AccessionNumber: order.accessionNumber,
    StudyDate: request.date,
    StudyTime: `${request.time || '10'}`,
    StudyDescription: request.procedure,
    ...differs,
  }
  const studyInstanceUID =
    typeof differs.StudyInstanceUID === 'string' ? differs.StudyInstanceUID : order.studyInstanceUID
  const made: Made = { seriesInstanceUID: '', sopInstanceUIDs: [], files: [] }
  for (const dataSet of ctPhantom({ common, studyInstanceUID, seed: newUID(), slices })) {
    const file = join(folder, `${made.files.length}.dcm`)
    writeFileSync(file, writePart10({ dataSet }))
    made.files.push(file)
    made.sopInstanceUIDs.push(String(dataSet.SOPInstanceUID))
    made.seriesInstanceUID = String(dataSet.SeriesInstanceUID)
  }
  return made
}
